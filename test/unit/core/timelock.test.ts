// Time locks at their boundaries: claim before the deadline, nothing in the guard, withdraw after it.
import {
  checkClaimable,
  checkMargin,
  checkSkew,
  checkWithdrawable,
  withdrawableFrom,
  type EpochMs,
  type Milliseconds,
} from '@wattlock/core';
import { expect } from 'chai';
import { after, NOW } from '../../support/domain';
import { refusalOf } from '../../support/refusal';

const ms = (n: number): Milliseconds => n as Milliseconds;
const lock = { deadline: NOW, guardMs: ms(600) };
const passes = (check: (...args: never[]) => void, ...args: readonly unknown[]): void => {
  expect(() => {
    check(...(args as never[]));
  }).not.to.throw();
};

describe('a time lock', () => {
  it('can be claimed up to the millisecond before its deadline', () => {
    passes(checkClaimable, lock, after(NOW, -1));
    expect(
      refusalOf(() => {
        checkClaimable(lock, NOW);
      }),
    ).to.deep.equal({ code: 'DEADLINE_PASSED', details: { deadline: NOW, now: NOW } });
  });

  it('can be withdrawn from the deadline plus the guard', () => {
    const from = after(NOW, 600);
    expect(withdrawableFrom(lock)).to.equal(from);
    passes(checkWithdrawable, lock, from);
    const now = after(from, -1);
    expect(
      refusalOf(() => {
        checkWithdrawable(lock, now);
      }),
    ).to.deep.equal({ code: 'DEADLINE_NOT_REACHED', details: { from, now } });
  });

  it('leaves a step exactly the margin, or refuses it', () => {
    passes(checkMargin, after(NOW, 500), NOW, ms(500));
    expect(
      refusalOf(() => {
        checkMargin(after(NOW, 499), NOW, ms(500));
      }),
    ).to.deep.equal({ code: 'DEADLINE_TOO_NEAR', details: { deadline: NOW + 499, now: NOW, margin: 500 } });
  });
});

describe('the time of a transaction', () => {
  it('may differ from the endorser’s clock by the skew, either way, and no more', () => {
    for (const sign of [-1, 1]) {
      passes(checkSkew, after(NOW, sign * 120), NOW, ms(120));
      const transaction: EpochMs = after(NOW, sign * 121);
      expect(
        refusalOf(() => {
          checkSkew(transaction, NOW, ms(120));
        }),
      ).to.deep.equal({ code: 'TIME_SKEW', details: { skew: 121, maxSkew: 120 } });
    }
  });
});
