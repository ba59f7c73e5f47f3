// What a lock makes of its assets, as contracts believe it: a forged lock takes nothing, it leaves its assets locked.
import {
  checkRegistered,
  hashToCheck,
  holdOf,
  WattlockError,
  withAgreement,
  type ErrorCode,
  type HashRegistration,
  type Hold,
  type Lock,
} from '@wattlock/core';
import type { KnownLock } from './records';

/** What core refuses a lock with that nobody need believe. */
const NOT_BELIEVED: readonly ErrorCode[] = ['LOCK_FORGED', 'AGREEMENT_MISMATCH'];

/** As `holdOf` of the domain, but what was not truly executed leaves its assets locked instead of refusing. */
export function trustedHold(lock: Lock, registration: HashRegistration | undefined): Hold {
  return unlessForged(() => {
    if (hashToCheck(lock) !== undefined) checkRegistered(lock, registration);
    return holdOf(lock);
  }, 'locked');
}

/** Whether a list shows the lock among the others: truly executed if it says so, and just as it was agreed. */
export function isBelieved(lock: Lock, registration: HashRegistration | undefined): boolean {
  return unlessForged(() => {
    holdOf(lock);
    if (hashToCheck(lock) !== undefined) checkRegistered(lock, registration);
    withAgreement(lock, registration);
    return true;
  }, false);
}

/** Whether a lock says EXECUTED and nothing was taken by it. */
export function isForged({ state, hold }: Pick<KnownLock, 'state' | 'hold'>): boolean {
  return state === 'EXECUTED' && hold !== 'taken';
}

function unlessForged<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof WattlockError && NOT_BELIEVED.includes(error.code)) return otherwise;
    throw error;
  }
}
