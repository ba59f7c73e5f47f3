// What lies ahead of a swap: the next step, who takes it, and until when, from the two locks and the time alone.
import { expect } from 'chai';
import {
  EMBODIMENT_NUMBERS,
  embodimentOf,
  CLAIMANT,
  REGISTRANT,
  otherLeg,
  type EpochMs,
  type Leg,
  type LockState,
  type Milliseconds,
  type SecretHex,
} from '@wattlock/core';
import { outlookOf, type NextStep } from '@wattlock/gateway';
import { anAgreement } from '../../support/domain';

const MARGIN = 60_000 as Milliseconds;
const SECRET = '11'.repeat(32) as SecretHex;

for (const embodiment of EMBODIMENT_NUMBERS) {
  describe(`what lies ahead in embodiment ${embodiment}`, () => {
    const agreement = anAgreement({ embodiment });
    const { firstLock: first, secondLock: second } = embodimentOf(agreement);
    const deadline = (leg: Leg): number => agreement[leg].deadline;
    const inTime = (deadline(second) - 2 * MARGIN) as EpochMs;
    const next = (states: Partial<Record<Leg, LockState>>, now: number = inTime): NextStep => {
      const locks = Object.fromEntries(
        Object.entries(states).map(([leg, state]) => [
          leg,
          { leg: leg as Leg, state, ...(state === 'EXECUTED' && { secret: SECRET }) },
        ]),
      );
      return outlookOf({ agreement, locks }, now as EpochMs, MARGIN).next;
    };

    it('names who locks, and that the margin has to remain', () => {
      const until = deadline(second) - MARGIN;
      expect(next({})).to.deep.equal({ do: 'lock', leg: first, by: REGISTRANT[first], until });
      expect(next({ [first]: 'OPEN' })).to.deep.equal({
        do: 'lock',
        leg: second,
        by: REGISTRANT[second],
        until,
      });
    });

    it('names who discloses, before the margin begins, and who claims then, up to the deadline', () => {
      const until = deadline(second) - MARGIN;
      expect(next({ power: 'OPEN', certificate: 'OPEN' })).to.deep.equal({
        ...{ do: 'claim', leg: second, by: CLAIMANT[second], until },
      });
      expect(next({ [second]: 'EXECUTED', [first]: 'OPEN' })).to.deep.equal({
        ...{ do: 'claim', leg: first, by: CLAIMANT[first], until: deadline(first) },
      });
    });

    it('tells to wait once too little time is left, and to withdraw when the guard has passed', () => {
      const both = { power: 'OPEN', certificate: 'OPEN' } as const;
      const from = deadline(second) + agreement.guardMs;
      expect(next(both, deadline(second) - 1)).to.deep.equal({ do: 'wait', from });
      expect(next(both, from)).to.deep.equal({ do: 'withdraw', leg: second, by: REGISTRANT[second] });
    });

    it('has nothing left for a swap that ended, or of which one side is lost', () => {
      expect(next({ power: 'EXECUTED', certificate: 'EXECUTED' })).to.deep.equal({ do: 'nothing' });
      expect(next({ power: 'CANCELLED', certificate: 'CANCELLED' })).to.deep.equal({ do: 'nothing' });
      expect(next({ [second]: 'EXECUTED', [otherLeg(second)]: 'WITHDRAWN' })).to.deep.equal({
        do: 'nothing',
      });
    });
  });
}
