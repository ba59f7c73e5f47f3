// The certifier's stock: capped by slots, taken from by swaps alone, and whole again when a swap fails.
import {
  canonicalJson,
  drawStock,
  fillStock,
  freeStock,
  parseDocument,
  readDocument,
  readRecord,
  stockIssueFormat,
  writeRecord,
  type Lock,
  type StockIssue,
  type StockSlot,
} from '@wattlock/core';
import { expect } from 'chai';
import { aClosing, after, aLock, anAccount, aSecret, NOW, wh } from '../../support/domain';
import { codeOf, refusalOf } from '../../support/refusal';

const LIMITS = { stockSlots: 2, stockSlotWh: wh(1000) };
const issuer = anAccount('certifier').id;
const issueOf = (energy: number): StockIssue => ({
  slot: 1,
  issuer,
  energyWh: wh(energy),
  valueTypes: ['non-fossil'],
});
const OPEN = aLock('certificate');
const closing = aClosing(after(NOW, 1));
const TAKEN: Lock = { ...OPEN, state: 'EXECUTED', secret: aSecret('swap').hex, closing };
const FREE: Lock = { ...OPEN, state: 'WITHDRAWN', closing };

const full = fillStock(undefined, undefined, issueOf(1000), LIMITS);
const wanted = { swapId: OPEN.swapId, energyWh: wh(600), issuer, valueTypes: ['non-fossil'] as const };
const drawn = drawStock(full, undefined, wanted);

describe('a stock slot', () => {
  it('holds what was issued into it', () => {
    expect(freeStock(full, undefined)).to.equal(1000n);
  });

  it('is issued into again up to its cap', () => {
    const half = fillStock(undefined, undefined, issueOf(400), LIMITS);
    expect(freeStock(fillStock(half, undefined, issueOf(600), LIMITS), undefined)).to.equal(1000n);
    expect(refusalOf(() => fillStock(half, undefined, issueOf(601), LIMITS))).to.deep.equal({
      code: 'STOCK_FULL',
      details: { slot: 1, stockSlots: 2, stockSlotWh: '1000' },
    });
  });

  it('is refused where the channel has no such slot', () => {
    const beyond = { ...issueOf(1), slot: 2 };
    expect(codeOf(() => fillStock(undefined, undefined, beyond, LIMITS))).to.equal('STOCK_FULL');
  });

  it('lacks what a swap holds or took, and has it back when the swap is withdrawn', () => {
    expect(freeStock(drawn, OPEN)).to.equal(400n);
    expect(freeStock(drawn, TAKEN)).to.equal(400n);
    expect(freeStock(drawn, FREE)).to.equal(1000n);
  });

  it('counts what a swap holds against its cap, and what was delivered no more', () => {
    expect(codeOf(() => fillStock(drawn, OPEN, issueOf(1), LIMITS))).to.equal('STOCK_FULL');
    expect(codeOf(() => fillStock(drawn, FREE, issueOf(1), LIMITS))).to.equal('STOCK_FULL');
    expect(freeStock(fillStock(drawn, TAKEN, issueOf(600), LIMITS), undefined)).to.equal(1000n);
  });

  it('serves one swap at a time', () => {
    const other = { ...wanted, swapId: aLock('certificate', {}).swapId, energyWh: wh(1) };
    expect(refusalOf(() => drawStock(drawn, OPEN, other))).to.deep.equal({
      code: 'STOCK_LOCKED',
      details: { slot: 1 },
    });
    expect(freeStock(drawStock(drawn, TAKEN, { ...wanted, energyWh: wh(400) }), OPEN)).to.equal(0n);
    expect(freeStock(drawStock(drawn, FREE, { ...wanted, energyWh: wh(1000) }), OPEN)).to.equal(0n);
  });

  it('gives no more than it has', () => {
    expect(refusalOf(() => drawStock(drawn, TAKEN, { ...wanted, energyWh: wh(401) }))).to.deep.equal({
      code: 'STOCK_SHORT',
      details: { slot: 1, freeWh: '400' },
    });
  });

  it('belongs to one issuer and one set of value types', () => {
    const others = [
      { issuer: anAccount('generator').id },
      { valueTypes: ['non-fossil', 'zero-emission'] as const },
    ];
    for (const other of others) {
      expect(codeOf(() => drawStock(full, undefined, { ...wanted, ...other }))).to.equal('STOCK_CONFLICT');
      const issue = { ...issueOf(1), ...other };
      expect(refusalOf(() => fillStock(full, undefined, issue, LIMITS)).code).to.equal('STOCK_CONFLICT');
    }
  });

  it('is not believed without the lock of its draw', () => {
    expect(codeOf(() => freeStock(drawn, undefined))).to.equal('LOCK_NOT_FOUND');
    const forged: Lock = { ...TAKEN, secret: aSecret('other').hex };
    expect(codeOf(() => freeStock(drawn, forged))).to.equal('LOCK_FORGED');
    expect(codeOf(() => freeStock(drawn, aLock('certificate', { swapId: anotherSwap })))).to.equal(
      'LOCK_NOT_FOUND',
    );
  });

  it('is the same when read back', () => {
    const kept = (slot: StockSlot): StockSlot =>
      readRecord('stock', parseDocument(canonicalJson(writeRecord('stock', slot))));
    expect(kept(full)).to.deep.equal(full);
    expect(kept(drawn)).to.deep.equal(drawn);
  });

  it('is asked for by number, issuer, energy and value types', () => {
    const document = { slot: 1, issuer, energyWh: '5', valueTypes: ['non-fossil'] };
    expect(readDocument(stockIssueFormat, document)).to.deep.equal(issueOf(5));
    expect(codeOf(() => readDocument(stockIssueFormat, { ...document, slot: 1000 }))).to.equal('BAD_FIELD');
    expect(codeOf(() => readDocument(stockIssueFormat, { ...document, energyWh: '-5' }))).to.equal(
      'BAD_ENERGY',
    );
  });
});

const anotherSwap = 'f'.repeat(64) as typeof OPEN.swapId;
