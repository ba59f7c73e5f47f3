// What can go wrong between client and ledger, as opposed to what a contract refuses (WattlockError of core).
// Each code belongs to one retry class: callers never look at transport codes.

/** Whether sending again can help. */
export type RetryClass =
  /** Endorse anew: nothing was ordered. */
  | 'again'
  /** Send the same bytes again, or look for the commit: it may have been ordered. */
  | 'same-bytes'
  /** Sending again changes nothing. */
  | 'never';

const TABLE = {
  /** The platform's processes do not answer. */
  PLATFORM_DOWN: 'again',
  /** An endorsing organisation did not answer, or its chaincode was not reachable. */
  ENDORSER_UNAVAILABLE: 'again',
  /** Endorsers answered differently: their states differ for the moment, or their code does. */
  ENDORSEMENT_MISMATCH: 'again',
  /** Ordered, but found invalid by validation; `validationCode` says why. */
  INVALIDATED: 'again',
  /** Sent, but no commit was seen in time. */
  OUTCOME_UNKNOWN: 'same-bytes',
  /** The ledger refused the request itself: identity, signature, channel or size. */
  REQUEST_REFUSED: 'never',
} as const satisfies Record<string, RetryClass>;

export type LedgerErrorCode = keyof typeof TABLE;

export class LedgerError extends Error {
  override readonly name = 'LedgerError';

  constructor(
    readonly code: LedgerErrorCode,
    message: string,
    readonly facts: {
      readonly transactionId?: string;
      readonly validationCode?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: facts.cause });
  }

  get retry(): RetryClass {
    return TABLE[this.code];
  }
}
