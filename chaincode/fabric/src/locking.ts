// Putting a leg under a lock: what holds on both channels. The record, the permanent register of hash locks,
// and the key-level policy under which the claimant can later close the lock without its counterparty.
import {
  checkActsFor,
  checkLockable,
  checkRole,
  checkSwapId,
  fail,
  keys,
  lockEndorsers,
  readLock,
  readRecord,
  REGISTRANT,
  registrationOf,
  timeLockOf,
  writeRecord,
  type Account,
  type Agreement,
  type CertificateId,
  type Leg,
  type Lock,
  type LockParty,
  type LockRequest,
  type Roles,
  type SignedTransactions,
  type SwapId,
} from '@wattlock/core';
import { accountIn, parametersIn } from './accounts';
import type { Call } from './call';
import { writesFor, type OwnWrites } from './ownership';
import { policyBytes } from './policy';
import type { Found, LedgerState } from './state';

/** A new lock that is not yet written, and the records of the assets it is to hold. */
export interface NewLock {
  readonly lock: Lock;
  readonly agreement: Agreement;
  /** The signed transactions of the output form. */
  readonly signed?: SignedTransactions;
  /** As they were found under `assetKeys`, in that order. */
  readonly assets: readonly Found[];
  /** Who plays which role on the channel. */
  readonly roles: Roles;
  /** How what belongs to the swap's generator is written. */
  readonly writes: OwnWrites;
}

/**
 * Checks everything about a new lock that does not concern its assets. One read serves both.
 * @param assetKeys the keys of the assets' records.
 * @throws NOT_CONFIGURED, TIME_SKEW, AGREEMENT_MISMATCH, BAD_AGREEMENT, DEADLINE_TOO_NEAR, ACCOUNT_NOT_FOUND,
 * NOT_AUTHORISED, LOCK_EXISTS, HASH_REUSED
 */
export async function openLock(
  leg: Leg,
  call: Call,
  { swapId, agreement }: LockRequest,
  assetKeys: readonly string[],
): Promise<NewLock> {
  const { state, channel, now } = call;
  const [stored, certifierRecord, generatorRecord, used, ...assets] = await state.getMany([
    keys.parameters(),
    keys.account(agreement.certifier),
    keys.account(agreement.generator),
    keys.hash(agreement.hashLock),
    ...assetKeys,
  ]);
  const parameters = parametersIn(stored);
  call.checkTime(parameters.maxSkewMs);
  checkSwapId(agreement, swapId);
  checkLockable(agreement, { leg, channel, now, parameters });
  const accounts = {
    certifier: accountIn(certifierRecord, agreement.certifier),
    generator: accountIn(generatorRecord, agreement.generator),
  };
  checkRole(accounts.certifier, 'certifier');
  checkRole(accounts.generator, 'generator');
  checkActsFor(call.caller, accounts[REGISTRANT[leg]]);
  checkUnused(used, swapId, agreement);
  const { auditor } = parameters.roles;
  const lock: Lock = {
    swapId,
    leg,
    channel,
    hashLock: agreement.hashLock,
    ...timeLockOf({ agreement, leg }),
    certifier: partyOf(accounts.certifier),
    generator: partyOf(accounts.generator),
    ...(auditor !== null && { auditorMspId: auditor }),
    maxSkewMs: parameters.maxSkewMs,
    lockedAt: now,
    state: 'OPEN',
  };
  const { roles } = parameters;
  return { lock, agreement, assets, roles, writes: writesFor(state, roles, lock.generator.mspId) };
}

function partyOf({ id, mspId, key }: Account): LockParty {
  return { account: id, mspId, key };
}

/**
 * A swap's id covers its hash lock, and a hash lock never leaves the register: whoever finds none registered
 * knows that there is no lock either, with one read for both.
 */
function checkUnused(stored: Found, swapId: SwapId, { hashLock }: Agreement): void {
  if (stored === undefined) return;
  const used = readRecord('hash', stored).swapId;
  if (used === swapId) fail('LOCK_EXISTS', { swapId });
  fail('HASH_REUSED', { hashLock, swapId: used });
}

/**
 * Writes a new lock, registers its hash and agreement for ever and lets any two of the three organisations close it.
 * @returns the lock; functions answer what became of it.
 */
export function putLock(
  state: LedgerState,
  { lock, agreement, signed, writes }: NewLock,
  certificate?: CertificateId,
): Lock {
  const made = certificate === undefined ? lock : { ...lock, certificate };
  const key = keys.lock(lock.swapId);
  const roles = {
    certifier: lock.certifier.mspId,
    generators: [lock.generator.mspId],
    auditor: lock.auditorMspId ?? null,
  };
  state.put(key, writeRecord('lock', made));
  state.putPolicy(key, policyBytes(lockEndorsers(roles, lock.generator.mspId)));
  const registration = registrationOf(lock.swapId, agreement, signed);
  writes.take(keys.hash(lock.hashLock), writeRecord('hash', registration));
  return made;
}

/** A lock's record, to be closed. @throws LOCK_NOT_FOUND */
export async function getLock(state: LedgerState, swapId: SwapId): Promise<Lock> {
  const stored = await state.get(keys.lock(swapId));
  return stored === undefined ? fail('LOCK_NOT_FOUND', { swapId }) : readLock(stored, swapId);
}
