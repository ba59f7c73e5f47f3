// What functions that make, close and show locks have in common, whichever channel they are of.
import { agreementFormat } from '../agreement';
import { optional, type Read } from '../document';
import type { ErrorCode } from '../errors';
import { signatureField, swapIdField } from '../fields';
import { lockOutcomeFormat } from '../lock-record';
import { lockSignaturesField } from '../outputs';
import { record } from '../record';
import { submit, type FunctionRow } from './row';

/** The signatures that a lock may have to bring beside its agreement; its embodiment tells which. */
export const proofFields = {
  /** In the output form, those of its transactions. */
  signatures: optional(lockSignaturesField),
  /** The certifier's standing authorisation to destroy. */
  standing: optional(signatureField),
  /** The certifier's consent, where there are several generators. */
  consent: optional(signatureField),
};

/** What every lock is asked for with. */
export const lockRequestFields = { swapId: swapIdField, agreement: agreementFormat, ...proofFields };

export const lockRequest = record(lockRequestFields);
export type LockRequest = Read<typeof lockRequest>;

/** What every new lock may be refused with. */
export const LOCKING: readonly ErrorCode[] = [
  'NOT_CONFIGURED',
  'TIME_SKEW',
  'AGREEMENT_MISMATCH',
  'BAD_AGREEMENT',
  'LOT_EMPTY',
  'DEADLINE_TOO_NEAR',
  'ACCOUNT_NOT_FOUND',
  'NOT_AUTHORISED',
  'LOCK_EXISTS',
  'HASH_REUSED',
  'BAD_SIGNATURE',
  'NOT_CONSERVED',
];

export const swapRequest = record({ swapId: swapIdField });

/** Closing a lock reads and writes its record alone. */
export const CLOSING: readonly ErrorCode[] = [
  'LOCK_NOT_FOUND',
  'LOCK_FORGED',
  'AGREEMENT_MISMATCH',
  'TIME_SKEW',
  'LOCK_CLOSED',
];

/** Claiming a leg: the same on both, but for what becomes of its assets. */
export function claimRow(
  summary: string,
): FunctionRow<Read<typeof swapRequest>, Read<typeof lockOutcomeFormat>, 'submit'> {
  return submit({
    summary,
    request: swapRequest,
    transient: {
      secret: '32 bytes',
      signature: "the claimant's over the claim; without it the lock's standing authorisation serves",
    },
    answer: lockOutcomeFormat,
    refuses: [...CLOSING, 'BAD_SECRET', 'WRONG_SECRET', 'BAD_SIGNATURE', 'NOT_AUTHORISED', 'DEADLINE_PASSED'],
    endorsers: 'lock',
  });
}
