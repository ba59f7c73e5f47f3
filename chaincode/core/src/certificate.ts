// A certificate: value information Y for the energy of named lots. Its owner follows from the lock it points to,
// and it is usable only after the burn of its lots was confirmed on this channel.
import { namedLotsField } from './agreement';
import { list, optional, type Read } from './document';
import { checkSplit, energyField, MOST_PARTS } from './energy';
import {
  accountIdField,
  certificateIdField,
  digestField,
  instantField,
  lineField,
  swapIdField,
} from './fields';
import type { CertificateState } from './life';
import { holdOn, type Lock } from './lock';
import { record } from './record';
import { stockSlotField } from './stock';
import type { AccountId, CertificateId, Wh } from './units';
import { valueTypesField } from './value';

const issuedFields = {
  id: certificateIdField,
  issuer: accountIdField,
  lots: namedLotsField,
  valueTypes: valueTypesField,
  /** SHA-256 of the certificate's content kept outside the ledger. */
  contentHash: digestField,
};

/** A request to issue a certificate without a swap. */
export const issueFormat = record(issuedFields);

/** For whom a certificate's value was used, and what for: shown to whoever checks a claim of green energy. */
export const retirementFields = { beneficiary: lineField, purpose: lineField };

const retirement = record({ at: instantField, by: accountIdField, ...retirementFields });

export const certificateFields = {
  ...issuedFields,
  /** Who holds it while neither an executed lock nor an assignment says otherwise. */
  owner: accountIdField,
  energyWh: energyField,
  issuedAt: instantField,
  /** Made by and for one swap: void when that swap does not execute. */
  issuedForSwap: optional(swapIdField),
  lockedBy: optional(swapIdField),
  /** The slot of the certifier's stock that it was taken from. */
  stockSlot: optional(stockSlotField),
  /** Whom the claimant, or a later owner, assigned it to. */
  assignedTo: optional(accountIdField),
  retirement: optional(retirement),
  parent: optional(certificateIdField),
  parts: optional(list(certificateIdField, 2, MOST_PARTS)),
};

export const certificateFormat = record(certificateFields);
export type Certificate = Read<typeof certificateFormat>;

/** The use of a certificate's value. */
export type Retirement = Read<typeof retirement>;

/** The effective state, given the lock it points to. @throws LOCK_NOT_FOUND, LOCK_FORGED */
export function certificateState(certificate: Certificate, lock: Lock | undefined): CertificateState {
  if (certificate.parts !== undefined) return 'split';
  if (certificate.retirement !== undefined) return 'retired';
  const hold = holdOn(certificate.lockedBy, lock);
  if (hold === undefined) return 'issued';
  if (hold === 'taken') return 'delivered';
  if (hold === 'locked') return 'locked';
  return certificate.issuedForSwap === undefined ? 'issued' : 'void';
}

/**
 * The effective owner: whom it was assigned to, the generator of an executed swap, else whoever the record names.
 * @throws LOCK_NOT_FOUND, LOCK_FORGED
 */
export function certificateOwner(certificate: Certificate, lock: Lock | undefined): AccountId {
  if (certificate.assignedTo !== undefined) return certificate.assignedTo;
  const taken = holdOn(certificate.lockedBy, lock) === 'taken';
  return taken && lock !== undefined ? lock.generator.account : certificate.owner;
}

/**
 * Splits a delivered, confirmed certificate; its parts belong to the same owner and hold its energy exactly.
 * @throws BAD_SPLIT
 */
export function splitCertificate(
  certificate: Certificate,
  energies: readonly Wh[],
): { readonly parent: Certificate; readonly parts: readonly Certificate[] } {
  checkSplit(certificate.energyWh, energies);
  const parts = energies.map((energyWh, i): Certificate => {
    const { parts: none, ...rest } = certificate;
    const id = `${certificate.id}.${i + 1}` as CertificateId;
    return { ...rest, id, energyWh, parent: certificate.id };
  });
  return { parent: { ...certificate, parts: parts.map((part) => part.id) }, parts };
}
