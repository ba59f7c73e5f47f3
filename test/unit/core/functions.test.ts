// The table of contract functions: what it says of each, and that its rows read and write what contracts exchange.
import {
  certificateFields,
  COMMON_REFUSALS,
  ERRORS,
  functionNames,
  functionRow,
  FUNCTIONS,
  LEG_FUNCTIONS,
  LEGS,
  lotFields,
  members,
  readDocument,
  shownCertificateFields,
  shownLotFields,
  shownSlotFields,
  stockFields,
  versionFormat,
  writeDocument,
  type CertificateId,
  type Leg,
} from '@wattlock/core';
import { expect } from 'chai';
import { aLock, aLotId, anAgreement, digestOf, wh } from '../../support/domain';
import { fieldOf } from '../../support/refusal';

describe('the table of contract functions', () => {
  for (const leg of LEGS) {
    for (const name of functionNames(leg)) {
      const row = functionRow(leg, name);

      it(`says of ${name} on ${leg} what it does, who endorses it and what it refuses`, () => {
        expect(row.summary).to.match(/^[a-z].*[^.]$/);
        expect(new Set([...row.refuses, ...COMMON_REFUSALS])).to.be.a('set');
        for (const code of row.refuses) {
          expect(ERRORS).to.have.property(code);
          expect(COMMON_REFUSALS, `${code} goes without saying`).not.to.include(code);
        }
        expect(row.endorsers === 'one', 'nobody endorses what is only read').to.equal(
          row.kind === 'evaluate',
        );
      });

      it(`describes what ${name} on ${leg} takes and answers`, () => {
        for (const { path, expected } of [...members(row.request.shape), ...members(row.answer.shape)]) {
          expect(path).to.match(/^[a-zA-Z?[\].]+$/);
          expect(expected).not.to.equal('');
        }
      });
    }
  }

  it('has every list answer in pages', () => {
    for (const leg of LEGS) {
      for (const name of functionNames(leg).filter(
        (each) => each.startsWith('List') || each === 'BalanceOf',
      )) {
        const { request, answer, refuses } = functionRow(leg, name);
        const paths = (shape: typeof request.shape): string[] => members(shape).map(({ path }) => path);
        expect(paths(request.shape), name).to.include.members(['limit?', 'bookmark?']);
        expect(paths(answer.shape), name).to.include('bookmark?');
        expect(refuses, name).to.include('LIST_TOO_LONG');
      }
    }
  });

  it('names the functions that take the steps of a leg, each submitted', () => {
    const stepsOf = (leg: Leg): string[] => Object.values(LEG_FUNCTIONS[leg]);
    for (const leg of LEGS) {
      const submitted = functionNames(leg).filter((name) => functionRow(leg, name).kind === 'submit');
      expect(submitted).to.include.members(stepsOf(leg));
    }
  });
});

describe('a request to lock what was issued before', () => {
  const { request } = FUNCTIONS.certificate.RegisterTransfer;
  const { swapId, agreement } = aLock('certificate', { agreement: anAgreement() });
  const certificate = 'c-1' as CertificateId;
  const contentHash = digestOf('content');

  it('is for a certificate or for a slot of the stock, not for both', () => {
    for (const asked of [
      { swapId, agreement, certificate },
      { swapId, agreement, contentHash, stockSlot: 0 },
    ]) {
      expect(readDocument(request, writeDocument(request, asked))).to.deep.equal(asked);
    }
    const both = { ...writeDocument(request, { swapId, agreement, certificate }), stockSlot: 0 };
    expect(fieldOf(() => readDocument(request, both))).to.equal('certificate');
  });
});

describe('what a client is answered', () => {
  it('holds what is stored, and what follows from it', () => {
    expect(shownLotFields).to.have.all.keys(...Object.keys(lotFields), 'state');
    expect(shownCertificateFields).to.have.all.keys(...Object.keys(certificateFields), 'state', 'usable');
    expect(shownSlotFields).to.have.all.keys(...Object.keys(stockFields), 'freeWh', 'held');
    expect(members(versionFormat.shape).map(({ path }) => path)).to.deep.equal([
      'transactionId',
      'at',
      'value',
    ]);
  });

  it('is typed: energy is Wh, and what is absent is absent', () => {
    const { answer } = FUNCTIONS.power.ReadLot;
    const lot = { v: 1, id: aLotId(), point: 'plant-1', day: '2026-01-01', owner: 'g', energyWh: '1500' };
    const read = readDocument(answer, { ...lot, state: 'available' });
    expect(read.energyWh).to.equal(wh(1500));
    expect(read).not.to.have.property('lockedBy');
    expect(fieldOf(() => readDocument(answer, { ...lot, state: 'eaten' }))).to.equal('state');
  });
});
