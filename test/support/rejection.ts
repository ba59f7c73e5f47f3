// What a promise fails with, as one word that a test can compare: a refusal's code, or the ledger's.
import { WattlockError, type ErrorCode, type ErrorDetails } from '@wattlock/core';
import { LedgerError, type LedgerErrorCode } from '@wattlock/gateway';

/** A contract's refusal, a ledger's failure, or how validation found a transaction invalid. */
export type RejectionCode = ErrorCode | LedgerErrorCode | `INVALIDATED ${number}`;

/** The code that a promise fails with. @throws when it does not fail, or fails in a way that has no code. */
export async function rejectionOf(promise: Promise<unknown>): Promise<RejectionCode> {
  const error = await failureOf(promise);
  if (error instanceof WattlockError) return error.code;
  if (!(error instanceof LedgerError)) throw error;
  const { validationCode } = error.facts;
  return validationCode === undefined ? error.code : `INVALIDATED ${validationCode}`;
}

/** A refusal with its facts. @throws when the promise fails otherwise or not at all. */
export async function refusedWith(
  promise: Promise<unknown>,
): Promise<{ readonly code: ErrorCode; readonly details: ErrorDetails; readonly message: string }> {
  const error = await failureOf(promise);
  if (!(error instanceof WattlockError)) throw error;
  return error;
}

/** What a promise fails with. @throws when it does not fail. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error('something was thrown that is no error', { cause: error });
  }
  throw new Error('the action was expected to fail, and did not');
}
