// Locks of both channels with their agreements, the register of hash locks, and consents to cancel.
import {
  canonicalJson,
  Memo,
  readAgreement,
  readLock,
  readRecord,
  writeAgreement,
  type AccountId,
  type AgreedLock,
  type HashLock,
  type HashRegistration,
  type Hold,
  type Leg,
  type LotId,
  type SwapId,
} from '@wattlock/core';
import type { Row, Store } from '@wattlock/store';
import type { Consents, KnownLock } from '../../checks/records';
import { documentOf, REMEMBERED, REVISION_COLUMNS, revisionOf } from './revisions';

/** A lock as it enters: what its assets are under it, and whether lists show it. */
export interface LockEntry {
  readonly lock: AgreedLock;
  /** Its earlier form. */
  readonly before: AgreedLock | undefined;
  readonly hold: Hold;
  readonly believed: boolean;
}

export interface LockTable {
  get(leg: Leg, swapId: SwapId): KnownLock | undefined;
  hold(leg: Leg, swapId: SwapId): Hold | undefined;
  isBelieved(leg: Leg, swapId: SwapId): boolean;
  put(leg: Leg, swapId: SwapId, entry: LockEntry, revision: number): void;
  /** Swaps on either channel that agreed on a hash lock, each once, in order. */
  underHash(hash: HashLock): readonly SwapId[];
  /** Swaps of a channel whose agreement names a lot, or an account. */
  naming(leg: Leg, asset: { readonly lot: LotId } | { readonly account: AccountId }): readonly SwapId[];
  registration(leg: Leg, hash: HashLock): HashRegistration | undefined;
  /** The hashes that are registered for a swap. */
  hashesOf(leg: Leg, swapId: SwapId): readonly HashLock[];
  putRegistration(leg: Leg, hash: HashLock, swapId: SwapId, revision: number): void;
  consents(leg: Leg, swapId: SwapId): Consents | undefined;
  putConsents(leg: Leg, swapId: SwapId, consents: Consents): void;
  /** Forgets what was read lately. */
  clear(): void;
}

export function lockTable(store: Store): LockTable {
  const locks = new Memo<KnownLock | undefined>(REMEMBERED);
  const registrations = new Memo<HashRegistration | undefined>(REMEMBERED);
  const get = store.query(
    `SELECT document, agreement, hold, swap, ${REVISION_COLUMNS} FROM lock JOIN revision ON revision.id = revision
     WHERE lock.leg = ? AND swap = ?`,
    knownLockOf,
  );
  const hold = store.query('SELECT hold FROM lock WHERE leg = ? AND swap = ?', (row) => row.text(0) as Hold);
  const believed = store.query('SELECT believed FROM lock WHERE leg = ? AND swap = ?', (row) =>
    row.integer(0),
  );
  const put = store.command('INSERT OR REPLACE INTO lock VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const update = store.command(
    'UPDATE lock SET state = ?, hold = ?, believed = ?, revision = ? WHERE leg = ? AND swap = ?',
  );
  const dropLots = store.command('DELETE FROM lock_lot WHERE leg = ? AND swap = ?');
  const putLot = store.command('INSERT OR REPLACE INTO lock_lot VALUES (?, ?, ?, ?)');
  const swaps = (where: string) =>
    store.query(`SELECT DISTINCT swap FROM ${where}`, (row) => row.text(0) as SwapId);
  const underHash = swaps('lock WHERE hash = ? ORDER BY swap');
  const namingLot = swaps('lock_lot WHERE lot = ? AND leg = ?');
  const namingAccount = swaps('lock WHERE leg = ? AND ? IN (certifier, generator)');
  const registration = store.query(
    `SELECT document FROM registration JOIN revision ON revision.id = revision
     WHERE registration.leg = ? AND hash = ?`,
    (row) => readRecord('hash', documentOf(row, 0)),
  );
  const hashes = store.query(
    'SELECT hash FROM registration WHERE leg = ? AND swap = ?',
    (row) => row.text(0) as HashLock,
  );
  const putRegistration = store.command('INSERT OR REPLACE INTO registration VALUES (?, ?, ?, ?)');
  const consents = store.query(
    'SELECT certifier, generator FROM consent WHERE leg = ? AND swap = ?',
    (row): Consents => ({ certifier: row.text(0), generator: row.text(1) }),
  );
  const putConsents = store.command('INSERT OR REPLACE INTO consent VALUES (?, ?, ?, ?)');
  return {
    get: (leg, swapId) => locks.get(leg + swapId, () => get.get(leg, swapId)),
    hold: (leg, swapId) => hold.get(leg, swapId),
    isBelieved: (leg, swapId) => believed.get(leg, swapId) === 1,
    put(leg, swapId, { lock: { agreement, state }, before, hold: held, believed: isBelieved }, revision) {
      locks.forget(leg + swapId);
      if (before?.agreement === agreement) {
        update.run(state, held, Number(isBelieved), revision, leg, swapId);
        return;
      }
      const { certifier, generator, energyWh, burnForm, hashLock, lots } = agreement;
      const text = canonicalJson(writeAgreement(agreement));
      const agreed = [certifier, generator, energyWh, burnForm, hashLock] as const;
      put.run(leg, swapId, ...agreed, state, held, Number(isBelieved), text, revision);
      dropLots.run(leg, swapId);
      for (const lot of lots) putLot.run(leg, swapId, lot.id, lot.energyWh);
    },
    underHash: (hash) => underHash.all(hash),
    naming: (leg, asset) =>
      'lot' in asset ? namingLot.all(asset.lot, leg) : namingAccount.all(leg, asset.account),
    registration: (leg, hash) => registrations.get(leg + hash, () => registration.get(leg, hash)),
    hashesOf: (leg, swapId) => hashes.all(leg, swapId),
    putRegistration(leg, hash, swapId, revision) {
      registrations.forget(leg + hash);
      putRegistration.run(leg, hash, swapId, revision);
    },
    clear() {
      locks.clear();
      registrations.clear();
    },
    consents: (leg, swapId) => consents.get(leg, swapId),
    putConsents: (leg, swapId, { certifier, generator }) =>
      putConsents.run(leg, swapId, certifier, generator),
  };
}

function knownLockOf(row: Row): KnownLock {
  const lock = readLock(documentOf(row, 0), row.text(3) as SwapId);
  const agreement = readAgreement(documentOf(row, 1));
  return { ...lock, agreement, hold: row.text(2) as Hold, written: revisionOf(row, 4) };
}
