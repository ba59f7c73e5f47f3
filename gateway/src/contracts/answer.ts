// Reading what a contract answered: its row's format believes nothing, and what it cannot read is named.
import { readDocument, WattlockError, type ErrorCode, type Format, type JsonObject } from '@wattlock/core';
import { LedgerError } from '../ledger';

/** What formats say of a document that is not of their form; a version that is unknown, or a forged id, is said as it is. */
const MALFORMED: readonly ErrorCode[] = ['BAD_FIELD', 'BAD_ENERGY'];

/** @throws LedgerError ANSWER_MALFORMED naming function and field; WattlockError RECORD_VERSION, AGREEMENT_MISMATCH */
export function readAnswer<T>(fn: string, answer: Format<T>, result: JsonObject): T {
  try {
    return readDocument(answer, result);
  } catch (error) {
    if (!(error instanceof WattlockError) || !MALFORMED.includes(error.code)) throw error;
    throw new LedgerError('ANSWER_MALFORMED', `The answer of ${fn} is not of its form: ${error.message}`, {
      cause: error,
    });
  }
}
