// What a lock's record holds, whatever its version.
import { storedKeyField } from './account';
import { oneOf, optional, text } from './document';
import {
  accountIdField,
  certificateIdField,
  durationField,
  hashLockField,
  instantField,
  mspIdField,
  nameField,
  secretField,
  signatureField,
  swapIdField,
  transactionIdField,
} from './fields';
import { LOCK_STATES } from './life';
import { legTransactionIdsField } from './outputs';
import { record } from './record';
import { LEGS, type MspId } from './units';

/** Whoever holds the claimant's signature may bring a claim: any member of the channel, whatever it is called. */
const anyMspId = text<MspId>(/^[^]*$/, 'an MSP id');

const party = record({ account: accountIdField, mspId: mspIdField, key: storedKeyField });

/** How a lock stands and what became of it. */
export const outcomeFields = {
  swapId: swapIdField,
  leg: oneOf(LEGS),
  state: oneOf(LOCK_STATES),
  lockedAt: instantField,
  certificate: optional(certificateIdField),
  secret: optional(secretField),
  closing: optional(record({ at: instantField, transactionId: transactionIdField, byMspId: anyMspId })),
};

export const lockFields = {
  ...outcomeFields,
  channel: nameField,
  certifier: party,
  generator: party,
  auditorMspId: optional(mspIdField),
  maxSkewMs: durationField,
  transactions: optional(legTransactionIdsField),
  standing: optional(signatureField),
};

/** What a lock repeats of its agreement, so that closing it reads nothing else. */
export const repeatedFields = { hashLock: hashLockField, deadline: instantField, guardMs: durationField };
