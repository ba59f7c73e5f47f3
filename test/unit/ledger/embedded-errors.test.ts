// The embedded ledger's errors in the port's terms: every code has its own, and what fills or damages a disk says so.
import { expect } from 'chai';
import { StoreError } from '@wattlock/store';
import { EmbeddedError, type EmbeddedErrorCode } from '@wattlock/embedded';
import { LedgerError, toLedgerError, type LedgerErrorCode } from '@wattlock/gateway';

const CODES: Readonly<Record<EmbeddedErrorCode, LedgerErrorCode>> = {
  EMBEDDED_IN_USE: 'PLATFORM_DOWN',
  EMBEDDED_SCHEMA: 'LEDGER_VERSION',
  EMBEDDED_CORRUPT: 'LEDGER_DAMAGED',
  EMBEDDED_CONFIG: 'LEDGER_DIFFERS',
  EMBEDDED_CHANNEL_UNKNOWN: 'REQUEST_REFUSED',
  EMBEDDED_MEMBER_UNKNOWN: 'REQUEST_REFUSED',
  EMBEDDED_ENDORSER_UNAVAILABLE: 'ENDORSER_UNAVAILABLE',
  EMBEDDED_ORDERER_UNAVAILABLE: 'PLATFORM_DOWN',
  EMBEDDED_BAD_REQUEST: 'REQUEST_REFUSED',
  EMBEDDED_FORBIDDEN: 'REQUEST_REFUSED',
  EMBEDDED_HALTED: 'PLATFORM_DOWN',
  EMBEDDED_CLOSED: 'PLATFORM_DOWN',
};

/** An error as the store throws them: with a code of its own, and a kind. */
const ofKind = (kind: string): Error =>
  Object.assign(new Error('the disk is full: ledger.db'), { code: 'STORE_ANY', kind });

describe('an error of the embedded ledger', () => {
  for (const [code, means] of Object.entries(CODES)) {
    it(`is ${means} when it is ${code}`, () => {
      const error = toLedgerError(new EmbeddedError(code as EmbeddedErrorCode, 'detail'), 'tx');
      expect(error.code).to.equal(means);
      expect(error.message).to.include('detail');
      expect(error.facts.transactionId).to.equal('tx');
    });
  }

  for (const [kind, means] of [
    ['space', 'LEDGER_FULL'],
    ['readonly', 'LEDGER_READONLY'],
    ['damaged', 'LEDGER_DAMAGED'],
    ['busy', 'PLATFORM_DOWN'],
    ['usage', 'LEDGER_UNREADABLE'],
    ['missing', 'LEDGER_UNREADABLE'],
  ] as const) {
    it(`is ${means} when its file is in trouble of kind ${kind}`, () => {
      const error = toLedgerError(ofKind(kind));
      expect(error.code).to.equal(means);
      expect(error.message).to.include('ledger.db');
    });
  }

  it('is LEDGER_FULL when a channel halted because its disk is full', () => {
    const halted = new EmbeddedError('EMBEDDED_HALTED', 'text', new StoreError('STORE_FULL', 'ledger.db'));
    expect(toLedgerError(halted).code).to.equal('LEDGER_FULL');
  });

  it("stays as it is when it is the port's already", () => {
    const error = new LedgerError('INVALIDATED', 'text');
    expect(toLedgerError(error)).to.equal(error);
  });

  it('is a refusal of the request when it has no code', () => {
    expect(toLedgerError(new Error('text'))).to.include({ code: 'REQUEST_REFUSED', message: 'text' });
    expect(toLedgerError('text')).to.include({ code: 'REQUEST_REFUSED', message: 'text' });
  });
});
