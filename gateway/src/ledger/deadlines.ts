// How long each kind of call may take. No call on a ledger waits without an end.
import type { Cancel, Timers } from '../clock';
import { LedgerError, type LedgerErrorCode } from './errors';

export interface Deadlines {
  readonly evaluateMs: number;
  readonly endorseMs: number;
  /** For the orderer to accept what is sent. */
  readonly submitMs: number;
  /** From acceptance to the block that holds it. */
  readonly commitMs: number;
}

export const DEFAULT_DEADLINES: Deadlines = {
  evaluateMs: 10_000,
  endorseMs: 15_000,
  submitMs: 10_000,
  commitMs: 30_000,
};

/** A call that must end in time, and what it means when it does not. */
export interface Limit {
  readonly limitMs: number;
  readonly code: LedgerErrorCode;
  /** What took too long, in the words of a sentence's beginning. */
  readonly what: string;
  readonly transactionId?: string;
}

/** The work's result, or a ledger error when it takes longer. */
export async function within<T>(
  timers: Pick<Timers, 'after'>,
  work: Promise<T>,
  { limitMs, code, what, transactionId }: Limit,
): Promise<T> {
  let cancel: Cancel = () => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = timers.after(limitMs, () => {
      const facts = transactionId === undefined ? {} : { transactionId };
      reject(new LedgerError(code, `${what} took longer than ${limitMs} ms`, facts));
    });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
