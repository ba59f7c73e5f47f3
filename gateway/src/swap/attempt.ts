// One swap of many: what fails in it is reported beside the others instead of stopping them.
import { WattlockError, type ErrorCode, type SwapId } from '@wattlock/core';
import { KeyError, type KeyErrorCode } from '../identity';
import { LedgerError, type LedgerErrorCode } from '../ledger';
import type { Course } from './course';

/** A swap that stopped before its end; its locks can be resumed or run out. */
export interface FailedSwap {
  readonly id: SwapId;
  readonly code: ErrorCode | LedgerErrorCode | KeyErrorCode;
  readonly message: string;
}

/** A swap that was driven, one that failed, or one with which there was nothing to do. */
export type Outcome = { readonly course: Course | undefined } | { readonly failure: FailedSwap };

/** Drives a swap; a refusal or a ledger's failure becomes an outcome, anything else is thrown. */
export async function attempt(work: () => Promise<Course | undefined>, id: SwapId): Promise<Outcome> {
  try {
    return { course: await work() };
  } catch (error) {
    if (error instanceof WattlockError || error instanceof LedgerError || error instanceof KeyError) {
      return { failure: failedSwap(id, error) };
    }
    throw error;
  }
}

export function failedSwap(
  id: SwapId,
  { code, message }: WattlockError | LedgerError | KeyError,
): FailedSwap {
  return { id, code, message };
}

/** Parts outcomes into the swaps that were driven and those that failed. */
export function part(outcomes: readonly Outcome[]): {
  readonly courses: readonly Course[];
  readonly failed: readonly FailedSwap[];
} {
  return {
    courses: outcomes.flatMap((outcome) => ('course' in outcome ? (outcome.course ?? []) : [])),
    failed: outcomes.filter((outcome) => 'failure' in outcome).map(({ failure }) => failure),
  };
}
