// The locks that assets point to. Their records may be written by two organisations of three, so what an executed one
// took is believed only if the register, which needs both parties, holds its hash for its swap. What those two can do
// they can do to their own swap alone: who lists many is shown all others as they are.
import {
  checkRegistered,
  hashToCheck,
  holdOf,
  keys,
  partsOf,
  readDocument,
  readLock,
  readRecord,
  swapIdField,
  WattlockError,
  withAgreement,
  type AgreedLock,
  type ErrorCode,
  type HashLock,
  type HashRegistration,
  type Lock,
  type SwapId,
} from '@wattlock/core';
import { getLock } from './locking';
import type { Found, KeyedRecord, LedgerState } from './state';

/** The lock an asset points to, if it points to one that is there. @throws LOCK_FORGED, AGREEMENT_MISMATCH */
export type LockFinder = (swapId: SwapId | undefined) => Lock | undefined;

/** The lock an asset points to, if it points to one. @throws LOCK_FORGED, AGREEMENT_MISMATCH */
export async function findLock(state: LedgerState, swapId: SwapId | undefined): Promise<Lock | undefined> {
  return (await findLocks(state, [swapId]))(swapId);
}

/** The locks that assets point to, each read once. One that is not to be believed refuses whoever asks for it, and nobody else. */
export async function findLocks(
  state: LedgerState,
  swapIds: Iterable<SwapId | undefined>,
): Promise<LockFinder> {
  const ids = [...new Set(swapIds)].filter((id) => id !== undefined);
  if (ids.length === 0) return () => undefined;
  const records = await state.getMany(ids.map(keys.lock));
  const stored = new Map<SwapId | undefined, Found>(ids.map((id, i) => [id, records[i]]));
  const read = (id: SwapId | undefined): Lock | undefined => {
    const record = stored.get(id);
    return id === undefined || record === undefined ? undefined : readLock(record, id);
  };
  const hashes = ids.map((id) => unlessForged(() => hashToCheck(read(id)), undefined));
  const registered = await findRegistrations(state, hashes);
  return (id) => {
    const lock = read(id);
    const hash = hashToCheck(lock);
    if (lock !== undefined && hash !== undefined) checkRegistered(lock, registered.get(hash));
    return lock;
  };
}

/** A lock with its agreement. @throws LOCK_NOT_FOUND, LOCK_FORGED, AGREEMENT_MISMATCH */
export async function getAgreedLock(state: LedgerState, swapId: SwapId): Promise<AgreedLock> {
  const lock = await getLock(state, swapId);
  const registered = await findRegistrations(state, [lock.hashLock]);
  return withAgreement(lock, registered.get(lock.hashLock));
}

/** Locks as lists show them. */
export interface ListedLocks {
  readonly locks: readonly AgreedLock[];
  /** Swaps whose lock's record is not to be believed, and so is not among the others. */
  readonly forged: readonly SwapId[];
}

/** All locks that `wanted` takes, with their agreements, in the order of the records. */
export async function listedLocks(
  state: LedgerState,
  records: readonly KeyedRecord[],
  wanted: (lock: Lock) => boolean,
): Promise<ListedLocks> {
  const read = records.map(({ key, record }) => {
    const swapId = readDocument(swapIdField, partsOf(key)?.id ?? null);
    return { swapId, lock: unlessForged(() => readLock(record, swapId), undefined) };
  });
  const kept = read.filter(({ lock }) => lock === undefined || wanted(lock));
  const registered = await findRegistrations(
    state,
    kept.map(({ lock }) => lock?.hashLock),
  );
  const listed = kept.map(({ swapId, lock }) => {
    const registration = lock && registered.get(lock.hashLock);
    return { swapId, lock: lock && unlessForged(() => believed(lock, registration), undefined) };
  });
  return {
    locks: listed.map(({ lock }) => lock).filter((lock) => lock !== undefined),
    forged: listed.filter(({ lock }) => lock === undefined).map(({ swapId }) => swapId),
  };
}

/** @throws LOCK_FORGED, AGREEMENT_MISMATCH */
function believed(lock: Lock, registration: HashRegistration | undefined): AgreedLock {
  holdOf(lock);
  if (hashToCheck(lock) !== undefined) checkRegistered(lock, registration);
  return withAgreement(lock, registration);
}

/** What is said of an asset or lock whose record cannot be believed. */
const NOT_BELIEVED: readonly ErrorCode[] = [
  'LOCK_FORGED',
  'LOCK_NOT_FOUND',
  'AGREEMENT_MISMATCH',
  'RECORD_VERSION',
];

/** What a list shows in place of that for which a forged or removed lock would refuse. */
export function unlessForged<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof WattlockError && NOT_BELIEVED.includes(error.code)) return otherwise;
    throw error;
  }
}

async function findRegistrations(
  state: LedgerState,
  hashes: readonly (HashLock | undefined)[],
): Promise<ReadonlyMap<HashLock, HashRegistration>> {
  const wanted = hashes.filter((hash) => hash !== undefined);
  if (wanted.length === 0) return new Map();
  const stored = await state.getMany(wanted.map(keys.hash));
  const found = new Map<HashLock, HashRegistration>();
  wanted.forEach((hash, i) => {
    const record = stored[i];
    if (record !== undefined) found.set(hash, readRecord('hash', record));
  });
  return found;
}
