// The permanent register of hash locks: the swap that used a hash, its agreement, and in the output form the signed
// transactions. Registering needs both parties, so it tells whether a lock, which two of three may write, is believed.
import { readStoredAgreement, writeAgreement, type Agreement } from './agreement';
import { anyDocument, optional, type Read } from './document';
import { fail } from './errors';
import { swapIdField } from './fields';
import { timeLockOf, type Lock } from './lock';
import type { AgreedLock } from './lock-record';
import { lockSignaturesField } from './outputs';
import { record, versioned } from './record';
import { inputFormat } from './transaction';
import type { HashLock, SwapId } from './units';

const signedFormat = record({ signatures: lockSignaturesField, taken: optional(inputFormat) });

/** Signatures of a leg's transactions, and the output its lock spends where the agreement does not tell. */
export type SignedTransactions = Read<typeof signedFormat>;

const version2 = record({
  swapId: swapIdField,
  /** Read when it is asked for: the swap's id pins every byte of it. */
  agreement: optional(anyDocument('the agreement of the swap')),
  /** In the output form, what the transactions follow from beside the agreement, and their signatures. */
  signed: optional(signedFormat),
});

export type HashRegistration = Read<typeof version2>;

/** The registration of a lock. It is never written again; version 1 named the swap alone. */
export const registrationFormat = versioned<HashRegistration>('hash', {
  1: record({ swapId: swapIdField }),
  2: version2,
});

/** The registration of a new lock. */
export function registrationOf(
  swapId: SwapId,
  agreement: Agreement,
  signed?: SignedTransactions,
): HashRegistration {
  return { swapId, agreement: writeAgreement(agreement), ...(signed && { signed }) };
}

/**
 * The hash under which a lock must be registered for its end to be believed. Two endorsers of three may write a lock,
 * so they could give it a hash and parties of their own, in the form of any version; the register needs both parties.
 * None when nothing was taken.
 */
export function hashToCheck(lock: Lock | undefined): HashLock | undefined {
  return lock?.state === 'EXECUTED' ? lock.hashLock : undefined;
}

/**
 * An agreement that a record of version 1 holds itself was found to be its swap's when the record was read.
 * @throws LOCK_FORGED unless the lock's hash was registered for its swap, between the same accounts.
 */
export function checkRegistered(lock: Lock, registration: HashRegistration | undefined): void {
  const { swapId, certifier, generator, ownAgreement } = lock;
  const agreed = registration?.swapId === swapId ? (ownAgreement ?? registration.agreement) : undefined;
  const same = agreed?.certifier === certifier.account && agreed.generator === generator.account;
  if (!same) fail('LOCK_FORGED', { swapId });
}

/**
 * A lock together with its agreement, from the register or from inside a record of version 1.
 * @throws AGREEMENT_MISMATCH when it is not the agreement of the lock's swap, or the lock differs from it
 */
export function withAgreement(lock: Lock, registration: HashRegistration | undefined): AgreedLock {
  const { swapId, leg, hashLock, deadline, guardMs } = lock;
  const agreement = lock.ownAgreement ?? registeredAgreement(swapId, registration);
  const agreed = timeLockOf({ agreement, leg });
  if (agreement.hashLock !== hashLock || agreed.deadline !== deadline || agreed.guardMs !== guardMs) {
    fail('AGREEMENT_MISMATCH', { swapId });
  }
  return { ...lock, agreement };
}

function registeredAgreement(swapId: SwapId, registration: HashRegistration | undefined): Agreement {
  const stored = registration?.agreement ?? fail('AGREEMENT_MISMATCH', { swapId });
  return readStoredAgreement(stored, swapId);
}
