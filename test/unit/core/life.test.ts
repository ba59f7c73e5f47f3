// The lives of locks, lots and certificates: which act leads from which state to which, and which states are the end.
import {
  after,
  CERTIFICATE_LIFE,
  CERTIFICATE_STATES,
  leads,
  LOCK_LIFE,
  LOCK_STATES,
  LOT_LIFE,
  LOT_STATES,
} from '@wattlock/core';
import { expect } from 'chai';

describe('the life of a lock', () => {
  it('ends once, in one of three ways', () => {
    expect(after(LOCK_LIFE, 'OPEN', 'claim')).to.equal('EXECUTED');
    expect(after(LOCK_LIFE, 'OPEN', 'withdraw')).to.equal('WITHDRAWN');
    expect(after(LOCK_LIFE, 'OPEN', 'cancel')).to.equal('CANCELLED');
    for (const closed of LOCK_STATES.filter((state) => state !== 'OPEN')) {
      expect(
        LOCK_STATES.filter((next) => leads(LOCK_LIFE, closed, next)),
        closed,
      ).to.deep.equal([]);
      expect(leads(LOCK_LIFE, 'OPEN', closed)).to.equal(true);
    }
    expect(leads(LOCK_LIFE, 'OPEN', 'OPEN')).to.equal(false);
  });
});

describe('the life of a lot', () => {
  it('lets an owner lock and split in the same states, those in which the lot is free', () => {
    const allowing = (act: 'lock' | 'split') => LOT_STATES.filter((state) => after(LOT_LIFE, state, act));
    expect(allowing('lock')).to.deep.equal(['available', 'withdrawn']);
    expect(allowing('split')).to.deep.equal(['available', 'withdrawn']);
  });

  it('never returns from burned, which only a lock leads to', () => {
    expect(LOT_STATES.filter((next) => leads(LOT_LIFE, 'burned', next))).to.deep.equal([]);
    expect(LOT_STATES.filter((before) => leads(LOT_LIFE, before, 'burned'))).to.deep.equal(['locked']);
  });
});

describe('the life of a certificate', () => {
  it('lets an owner use it in one state alone, the same for every use', () => {
    for (const use of ['assign', 'split', 'retire'] as const) {
      const allowing = CERTIFICATE_STATES.filter((state) => after(CERTIFICATE_LIFE, state, use));
      expect(allowing, use).to.deep.equal(['delivered']);
    }
  });

  it('ends as void, split or retired', () => {
    const ends = CERTIFICATE_STATES.filter(
      (state) => !CERTIFICATE_STATES.some((next) => leads(CERTIFICATE_LIFE, state, next)),
    );
    expect(ends).to.deep.equal(['void', 'split', 'retired']);
  });

  it('reaches delivered only from under a lock', () => {
    const before = CERTIFICATE_STATES.filter((state) => leads(CERTIFICATE_LIFE, state, 'delivered'));
    expect(before).to.deep.equal(['locked', 'delivered']);
  });
});
