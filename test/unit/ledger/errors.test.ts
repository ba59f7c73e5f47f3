// Every error a user can meet has an exit code, an HTTP status and a hint in both languages.
import { expect } from 'chai';
import { ERRORS, WattlockError, type ErrorCode } from '@wattlock/core';
import {
  explain,
  HINTS,
  HINTS_JA,
  HOME_ERROR_CODES,
  HomeError,
  KEY_ERROR_CODES,
  KeyError,
  LedgerError,
  NETWORK_MEANINGS,
  type LedgerErrorCode,
} from '@wattlock/gateway';

const LEDGER_CODES: readonly LedgerErrorCode[] = [
  'PLATFORM_DOWN',
  'ENDORSER_UNAVAILABLE',
  'ENDORSEMENT_MISMATCH',
  'INVALIDATED',
  'OUTCOME_UNKNOWN',
  'REQUEST_REFUSED',
];

/** An error of the launcher, whose package is not loaded for it: it is told by its name. */
const aNetworkError = (code: string): Error =>
  Object.assign(new Error('text'), { name: 'NetworkError', code });

const ALL: readonly Error[] = [
  ...Object.keys(NETWORK_MEANINGS).map(aNetworkError),
  ...Object.keys(ERRORS).map((code) => new WattlockError(code as ErrorCode)),
  ...LEDGER_CODES.map((code) => new LedgerError(code, 'text')),
  ...HOME_ERROR_CODES.map((code) => new HomeError(code, 'text')),
  ...KEY_ERROR_CODES.map((code) => new KeyError(code, 'text')),
];

describe('explaining errors', () => {
  it('has a hint in English and in Japanese for every code and no other', () => {
    const codes = ALL.map((error) => (error as Error & { code: string }).code).sort();
    expect(Object.keys(HINTS).sort()).to.deep.equal(codes);
    expect(Object.keys(HINTS_JA).sort()).to.deep.equal(codes);
    for (const hint of Object.values(HINTS_JA)) expect(hint).to.match(/[\u3040-\u30ff\u4e00-\u9fff]/);
  });

  it('gives each error an exit code above 0 and an HTTP status of refusal or failure', () => {
    for (const error of ALL) {
      const explained = explain(error);
      expect(explained?.exit).to.be.within(2, 7);
      expect(explained?.http).to.be.within(400, 599);
    }
  });

  it('agrees with the ledger port on whether sending again helps', () => {
    for (const code of LEDGER_CODES) {
      const error = new LedgerError(code, 'text');
      expect(explain(error)?.retry).to.equal(error.retry);
    }
  });

  it('keeps the exit codes that scripts rely on', () => {
    const exitOf = (error: Error) => explain(error)?.exit;
    expect(exitOf(new WattlockError('BAD_FIELD'))).to.equal(2);
    expect(exitOf(new WattlockError('LOT_NOT_FOUND'))).to.equal(3);
    expect(exitOf(new WattlockError('LOT_BURNED'))).to.equal(4);
    expect(exitOf(new WattlockError('WRONG_SECRET'))).to.equal(5);
    expect(exitOf(new LedgerError('OUTCOME_UNKNOWN', 'late'))).to.equal(6);
    expect(exitOf(new LedgerError('PLATFORM_DOWN', 'down'))).to.equal(7);
  });

  it('explains nothing that is a fault of the program', () => {
    expect(explain(new TypeError('oops'))).to.equal(undefined);
  });

  it('speaks Japanese when asked', () => {
    expect(explain(new WattlockError('LOT_BURNED'), 'ja')?.hint).to.equal(HINTS_JA.LOT_BURNED);
  });
});
