// Reading what may not be there: contracts refuse it with a code of its own, which is an answer as well.
import { WattlockError, type ErrorCode } from '@wattlock/core';

/** What is answered, or undefined where the contract refuses with this code. */
export async function orNone<T>(answer: Promise<T>, absent: ErrorCode): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WattlockError && error.code === absent) return undefined;
    throw error;
  }
}
