// The signatures that a lock must bring beside its agreement: in the output form those of its transactions,
// where the certificate is claimed first, the certifier's standing authorisation to destroy the lots,
// and among several generators its consent to a lock under the hash that it has made known.
import {
  badField,
  checkSignature,
  checkTransactions,
  consentMessage,
  embodimentOf,
  needsConsent,
  standingMessage,
  transactionsOf,
  type Input,
  type Lock,
  type LockRequest,
  type LockSignatures,
  type SwapId,
} from '@wattlock/core';
import type { NewLock } from './locking';

/** What a lock request brought of them. */
export type Proofs = Pick<LockRequest, 'signatures' | 'standing' | 'consent'>;

/**
 * Checks that a new lock brings just the signatures that its embodiment asks for, and puts into it what closing it needs.
 * @param taken the earlier output that a certificate's lock spends, when it spends one.
 * @throws BAD_FIELD, BAD_SIGNATURE, NOT_CONSERVED
 */
export function prove(opened: NewLock, { signatures, standing, consent }: Proofs, taken?: Input): NewLock {
  const row = embodimentOf(opened.agreement);
  const needsStanding = row.standingAuthorisation && opened.lock.leg === 'power';
  checkPresence('signatures', signatures, row.form === 'outputs');
  checkPresence('standing', standing, needsStanding);
  checkPresence('consent', consent, needsConsent(opened.roles, row, opened.lock.leg));
  if (consent !== undefined) checkSigned(opened.lock, consentMessage, consent);
  const authorised = standing === undefined ? opened : authorise(opened, standing);
  return signatures === undefined ? authorised : registerTransactions(authorised, signatures, taken);
}

function checkPresence(field: string, value: unknown, needed: boolean): void {
  if ((value !== undefined) === needed) return;
  badField(field, needed ? 'is needed in this embodiment' : 'has no place in this embodiment');
}

function authorise(opened: NewLock, standing: string): NewLock {
  checkSigned(opened.lock, standingMessage, standing);
  return { ...opened, lock: { ...opened.lock, standing } };
}

/** @throws BAD_SIGNATURE unless it is the certifier's over this swap on this channel. */
function checkSigned(
  { channel, swapId, certifier }: Lock,
  messageOf: (channel: string, swapId: SwapId) => string,
  signature: string,
): void {
  checkSignature(certifier.key, messageOf(channel, swapId), signature, 'certifier');
}

function registerTransactions(
  opened: NewLock,
  signatures: LockSignatures,
  taken: Input | undefined,
): NewLock {
  const { lock, agreement } = opened;
  const transactions = transactionsOf(agreement, lock.swapId, { leg: lock.leg, taken });
  const ids = checkTransactions(transactions, signatures, keysOf(lock), lock.leg);
  return {
    ...opened,
    lock: { ...lock, transactions: ids },
    signed: taken === undefined ? { signatures } : { signatures, taken },
  };
}

function keysOf({ certifier, generator }: Lock): Parameters<typeof checkTransactions>[2] {
  return { certifier: certifier.key, generator: generator.key };
}
