// How long each kind of call may take. No call on a ledger waits without an end.
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

/** The work's result, or a ledger error when it takes longer. */
export async function within<T>(
  work: Promise<T>,
  limitMs: number,
  code: LedgerErrorCode,
  what: string,
  transactionId?: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const facts = transactionId === undefined ? {} : { transactionId };
      reject(new LedgerError(code, `${what} took longer than ${limitMs} ms`, facts));
    }, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
