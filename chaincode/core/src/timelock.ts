// Time locks: until when a lock can be claimed, from when it can be withdrawn, and how much margin a step needs.
// Between the deadline and the withdrawal lies the guard, in which nobody can do anything.
import { fail } from './errors';
import type { EpochMs, Milliseconds } from './units';

/** A leg's time lock. Claims need `now < deadline`; withdrawal needs `now >= deadline + guard`. */
export interface TimeLock {
  readonly deadline: EpochMs;
  readonly guardMs: Milliseconds;
}

/** First instant at which the registrant may withdraw. */
export function withdrawableFrom(lock: TimeLock): EpochMs {
  return (lock.deadline + lock.guardMs) as EpochMs;
}

/** @throws DEADLINE_PASSED unless the lock can still be claimed at `now`. */
export function checkClaimable(lock: TimeLock, now: EpochMs): void {
  if (now >= lock.deadline) fail('DEADLINE_PASSED', { deadline: lock.deadline, now });
}

/** @throws DEADLINE_NOT_REACHED unless the lock can be withdrawn at `now`. */
export function checkWithdrawable(lock: TimeLock, now: EpochMs): void {
  const from = withdrawableFrom(lock);
  if (now < from) fail('DEADLINE_NOT_REACHED', { from, now });
}

/**
 * Refuses a step that would leave too little time for the other party to answer.
 * @param margin what skew between clocks, the guard and a commit may take together.
 * @throws DEADLINE_TOO_NEAR when `deadline - now` is below it.
 */
export function checkMargin(deadline: EpochMs, now: EpochMs, margin: Milliseconds): void {
  if (deadline - now < margin) fail('DEADLINE_TOO_NEAR', { deadline, now, margin });
}

/**
 * Refuses a transaction whose own time is too far from the endorser's clock; it can only refuse, never decide.
 * @throws TIME_SKEW when they differ by more than `maxSkew`.
 */
export function checkSkew(transaction: EpochMs, endorser: EpochMs, maxSkew: Milliseconds): void {
  const skew = Math.abs(transaction - endorser);
  if (skew > maxSkew) fail('TIME_SKEW', { skew, maxSkew });
}
