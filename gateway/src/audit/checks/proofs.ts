// The signatures behind a lock, checked again with the keys that are registered for the accounts: the transactions of
// the output form with their countersigned refunds, standing authorisations, and both consents to a cancellation.
// A claimant's own signature is private input of its claim and stands in no block; the secret is what it leaves.
import {
  canonicalJson,
  cancelMessage,
  checkTransactions,
  checkSignature,
  embodimentOf,
  standingMessage,
  transactionsOf,
  WattlockError,
  type AccountKey,
  type LegTransactionIds,
  type Party,
  type SignedTransactions,
} from '@wattlock/core';
import { exception, type AuditException } from './exceptions';
import type { ChannelRecords, Consents, KnownLock } from './records';

type Keys = Readonly<Record<Party, AccountKey>>;

/** Findings on what one lock of a channel was signed with. */
export function* checkProofs(lock: KnownLock, records: ChannelRecords): Iterable<AuditException> {
  const facts = { swapId: lock.swapId, channel: records.leg };
  const keys = keysOf(lock, records);
  if (keys === undefined) {
    yield exception('SIGNATURE_FALSE', { ...facts, reason: "a key is not its account's" });
    return;
  }
  for (const reason of faultsOf(lock, keys, records)) {
    yield exception('SIGNATURE_FALSE', { ...facts, reason });
  }
}

/** The parties' registered keys; none when a lock names other ones. */
function keysOf(lock: KnownLock, records: ChannelRecords): Keys | undefined {
  const [certifier, generator] = (['certifier', 'generator'] as const).map((party) => {
    const key = records.account(lock.agreement[party])?.key;
    return key !== undefined && isSame(key, lock[party].key) ? key : undefined;
  });
  return certifier && generator && { certifier, generator };
}

function* faultsOf(lock: KnownLock, keys: Keys, records: ChannelRecords): Iterable<string> {
  const { leg } = records;
  const { agreement, swapId, channel, standing, transactions } = lock;
  const row = embodimentOf(agreement);
  const needsStanding = row.standingAuthorisation && leg === 'power';
  if (needsStanding !== (standing !== undefined)) yield 'standing authorisation';
  else if (standing !== undefined) {
    yield* refused(() => {
      checkSignature(keys.certifier, standingMessage(channel, swapId), standing, 'standing authorisation');
    });
  }
  const signed = signedFor(lock, records);
  const isOutputForm = row.form === 'outputs';
  if (isOutputForm !== (signed !== undefined && transactions !== undefined)) yield 'transactions';
  else if (signed !== undefined && transactions !== undefined) {
    const bodies = transactionsOf(agreement, swapId, { leg, taken: signed.taken });
    let ids: LegTransactionIds | undefined;
    yield* refused(() => {
      ids = checkTransactions(bodies, signed.signatures, keys, leg);
    });
    if (ids !== undefined && !isSame(ids, transactions)) yield "the transactions' ids";
  }
  if (lock.state === 'CANCELLED') yield* consentFaults(lock, keys, records.consents(swapId));
}

/** What the register of hash locks holds of this swap's transactions. */
function signedFor(
  { swapId, agreement }: KnownLock,
  records: ChannelRecords,
): SignedTransactions | undefined {
  const registration = records.registration(agreement.hashLock);
  return registration?.swapId === swapId ? registration.signed : undefined;
}

function* consentFaults(
  { channel, leg, swapId }: KnownLock,
  keys: Keys,
  signatures: Consents | undefined,
): Iterable<string> {
  for (const party of ['certifier', 'generator'] as const) {
    yield* refused(() => {
      const message = cancelMessage(channel, leg, swapId);
      checkSignature(keys[party], message, signatures?.[party] ?? '', `${party} of the cancellation`);
    });
  }
}

/** Who did not sign, when a check of the domain refuses. */
function* refused(check: () => void): Iterable<string> {
  try {
    check();
  } catch (error) {
    if (!(error instanceof WattlockError)) throw error;
    yield String(error.details['signer'] ?? error.code);
  }
}

const isSame = (a: object, b: object): boolean => canonicalJson({ ...a }) === canonicalJson({ ...b });
