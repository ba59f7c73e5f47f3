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
  type AgreedLock,
  type LegTransactionIds,
  type Party,
} from '@wattlock/core';
import { exception, type AuditException } from './exceptions';
import type { ChannelProjection } from './projection';

type Keys = Readonly<Record<Party, AccountKey>>;

/** Findings on what the locks of one channel were signed with. */
export function* checkProofs({ leg, records }: ChannelProjection): Iterable<AuditException> {
  for (const lock of records.locks.values()) {
    const keys = keysOf(lock, records.accounts);
    const facts = { swapId: lock.swapId, channel: leg };
    if (keys === undefined) {
      yield exception('SIGNATURE_FALSE', { ...facts, reason: "a key is not its account's" });
      continue;
    }
    for (const reason of faultsOf(lock, keys, { leg, records })) {
      yield exception('SIGNATURE_FALSE', { ...facts, reason });
    }
  }
}

/** The parties' registered keys; none when a lock names other ones. */
function keysOf(lock: AgreedLock, accounts: ChannelProjection['records']['accounts']): Keys | undefined {
  const [certifier, generator] = (['certifier', 'generator'] as const).map((party) => {
    const key = accounts.get(lock.agreement[party])?.key;
    return key !== undefined && isSame(key, lock[party].key) ? key : undefined;
  });
  return certifier && generator && { certifier, generator };
}

function* faultsOf(
  lock: AgreedLock,
  keys: Keys,
  { leg, records }: Pick<ChannelProjection, 'leg' | 'records'>,
): Iterable<string> {
  const { agreement, swapId, channel, standing, transactions } = lock;
  const row = embodimentOf(agreement);
  const needsStanding = row.standingAuthorisation && leg === 'power';
  if (needsStanding !== (standing !== undefined)) yield 'standing authorisation';
  else if (standing !== undefined) {
    yield* refused(() => {
      checkSignature(keys.certifier, standingMessage(channel, swapId), standing, 'standing authorisation');
    });
  }
  const signed = records.signed.get(swapId);
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
  if (lock.state === 'CANCELLED') yield* consentFaults(lock, keys, records.cancellations.get(swapId));
}

function* consentFaults(
  { channel, leg, swapId }: AgreedLock,
  keys: Keys,
  signatures: Readonly<Record<Party, string>> | undefined,
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
