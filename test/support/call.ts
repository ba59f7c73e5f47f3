// What a test asks of a contract: a function of the table, which the compiler checks, and its document as JSON, so that
// it can be wrong.
import type { FunctionName } from '@wattlock/core';
import type { TransactionRequest } from '@wattlock/gateway';

export interface Call extends TransactionRequest {
  readonly fn: FunctionName;
}

/** The door for what is not in the table. */
export function unchecked(fn: string): FunctionName {
  return fn as FunctionName;
}
