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
  lockOutcome,
  readAgreement,
  readLock,
  REGISTRANT,
  swapIdField,
  writeLock,
  type Account,
  type Agreement,
  type CertificateId,
  type Json,
  type JsonObject,
  type Leg,
  type Lock,
  type LockParty,
  type Reader,
  type SwapId,
} from '@wattlock/core';
import type { Call } from './call';
import { policyBytes } from './policy';
import { getAccount, getParameters } from './registry';
import type { LedgerState } from './state';

/** Reads an agreement inside a document. */
export const agreementField: Reader<Agreement> = (value: Json | undefined, path) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? readAgreement(value as JsonObject)
    : fail('BAD_FIELD', { field: path, reason: 'expected an agreement' });

export const lockRequestFields = { swapId: swapIdField, agreement: agreementField };

/** What a lock is asked for. */
export interface LockRequest {
  readonly swapId: SwapId;
  readonly agreement: Agreement;
}

/**
 * Checks everything about a new lock that does not concern its assets.
 * @returns the open lock, not yet written.
 * @throws NOT_CONFIGURED, TIME_SKEW, AGREEMENT_MISMATCH, BAD_AGREEMENT, DEADLINE_TOO_NEAR, ACCOUNT_NOT_FOUND,
 * NOT_AUTHORISED, LOCK_EXISTS, HASH_REUSED
 */
export async function openLock(leg: Leg, call: Call, { swapId, agreement }: LockRequest): Promise<Lock> {
  const { state, channel, now } = call;
  const parameters = await getParameters(state);
  call.checkTime(parameters.maxSkewMs);
  checkSwapId(agreement, swapId);
  checkLockable(agreement, { leg, channel, now, parameters });
  const accounts = {
    certifier: await getAccount(state, agreement.certifier),
    generator: await getAccount(state, agreement.generator),
  };
  checkRole(accounts.certifier, 'certifier');
  checkRole(accounts.generator, 'generator');
  checkActsFor(call.caller, accounts[REGISTRANT[leg]]);
  await checkUnused(state, swapId, agreement);
  const { auditor } = parameters.roles;
  return {
    swapId,
    leg,
    channel,
    agreement,
    certifier: partyOf(accounts.certifier),
    generator: partyOf(accounts.generator),
    ...(auditor !== null && { auditorMspId: auditor }),
    maxSkewMs: parameters.maxSkewMs,
    lockedAt: now,
    state: 'OPEN',
  };
}

function partyOf({ id, mspId, key }: Account): LockParty {
  return { account: id, mspId, key };
}

/**
 * A swap's id covers its hash lock, and a hash lock never leaves the register: whoever finds none registered
 * knows that there is no lock either, with one read for both.
 */
async function checkUnused(state: LedgerState, swapId: SwapId, { hashLock }: Agreement): Promise<void> {
  const used = (await state.get(keys.hash(hashLock)))?.['swapId'] as SwapId | undefined;
  if (used === swapId) fail('LOCK_EXISTS', { swapId });
  if (used !== undefined) fail('HASH_REUSED', { hashLock, swapId: used });
}

/** Writes a new lock, registers its hash for ever and lets any two of the three organisations close it. */
export async function putLock(state: LedgerState, lock: Lock, certificate?: CertificateId): Promise<Json> {
  const record = certificate === undefined ? lock : { ...lock, certificate };
  const key = keys.lock(lock.swapId);
  const roles = {
    certifier: lock.certifier.mspId,
    generators: [lock.generator.mspId],
    auditor: lock.auditorMspId ?? null,
  };
  await state.put(key, writeLock(record));
  await state.putPolicy(key, policyBytes(lockEndorsers(roles, lock.generator.mspId)));
  await state.put(keys.hash(lock.agreement.hashLock), { v: 1, swapId: lock.swapId });
  return lockOutcome(record);
}

/** A lock. @throws LOCK_NOT_FOUND */
export async function getLock(state: LedgerState, swapId: SwapId): Promise<Lock> {
  const lock = await findLock(state, swapId);
  return lock ?? fail('LOCK_NOT_FOUND', { swapId });
}

/** The lock an asset points to, if it points to one. */
export async function findLock(state: LedgerState, swapId: SwapId | undefined): Promise<Lock | undefined> {
  if (swapId === undefined) return undefined;
  const stored = await state.get(keys.lock(swapId));
  return stored === undefined ? undefined : readLock(stored);
}
