// How each kind of record enters the projection, which changes to it no contract ever makes, and what is to be checked
// again because of it. One row a kind, found by the key's prefix; an exception thrown is an unreadable record.
import {
  energyOf,
  isStated,
  readAgreement,
  readCertificate,
  readDayPart,
  readLock,
  readLot,
  readParameters,
  readRegistration,
  readStock,
  type AgreedLock,
  type CertificateId,
  type HashLock,
  type JsonObject,
  type Leg,
  type Lock,
  type LotId,
  type SwapId,
  type Wh,
} from '@wattlock/core';
import { certificateChange, lockChange, lotChange } from '../checks/changes';
import { isBelieved, trustedHold } from '../checks/hold';
import type { ChannelRecords, KnownLock } from '../checks/records';
import { stockChange } from '../checks/stock';
import type { Tables } from './records';
import type { Touched } from './subjects';
import { EVERY_SLOT } from './tables/registry';

/** One record as it was written, and where it goes. */
export interface Entry {
  readonly leg: Leg;
  /** The key without its prefix. */
  readonly id: string;
  readonly document: JsonObject;
  /** Of the write; see the table of revisions. */
  readonly revision: number;
  /** Whether the key was written before. */
  readonly again: boolean;
  readonly tables: Tables;
  readonly records: ChannelRecords;
  readonly touched: Touched;
}

/** Takes over a record's latest form. @returns why the change is illegal, or undefined. */
type Kind = (entry: Entry) => string | undefined;

/** A record that is written once and stays. */
function once(take: (entry: Entry) => void): Kind {
  return (entry) => {
    take(entry);
    return entry.again ? 'written again' : undefined;
  };
}

const OTHER_KEY = 'another id than its key';

const parameters: Kind = ({ leg, document: { v: _version, ...document }, revision, tables }) => {
  readParameters(document);
  tables.registry.putParameters(leg, revision);
  return undefined;
};

const account = once(({ leg, id, revision, tables, touched }) => {
  tables.registry.putAccount(leg, id, revision);
  touched.account(leg, id);
});

const point = once(({ id, document, revision, tables }) => {
  const { owner, type } = document as { owner: string; type: string };
  tables.registry.putPoint(id, { owner, type } as never, revision);
});

const day = once(({ id, document, revision, tables, touched }) => {
  const part = readDayPart(document);
  const [energyWh, slots] = isStated(part)
    ? [part.energyWh, EVERY_SLOT]
    : [energyOf(part), occupancyOf(part.slots)];
  tables.registry.putDay({ id, point: part.point, day: part.day, energyWh, slots }, revision);
  touched.day(id);
});

/** Slot n is bit n. */
function occupancyOf(slots: readonly (Wh | null)[]): bigint {
  return slots.reduce((bits, slot, i) => (slot === null ? bits : bits | (1n << BigInt(i))), 0n);
}

const lot: Kind = ({ id: key, document, revision, tables, records, touched }) => {
  const id = key as LotId;
  const next = readLot(document);
  const before = records.lot(id);
  const hold = next.lockedBy && (records.holdOf(next.lockedBy) ?? 'locked');
  tables.lots.put(id, next, hold, revision);
  if (next.parts !== undefined) tables.parts.put('lot', id, next.parts);
  touched.lot(id, [before, next]);
  return lotChange(before, next, records) ?? (next.id === id ? undefined : OTHER_KEY);
};

const certificate: Kind = ({ id: key, document, revision, tables, records, touched }) => {
  const id = key as CertificateId;
  const next = readCertificate(document);
  const before = records.certificate(id);
  tables.certificates.put(id, next, next.lockedBy && records.lock(next.lockedBy), revision);
  if (next.parts !== undefined) tables.parts.put('certificate', id, next.parts);
  touched.certificate(id, [before, next]);
  return certificateChange(before, next, records) ?? (next.id === id ? undefined : OTHER_KEY);
};

/** The agreement's hash is compared with the key by the checks, so that a lock with a false id is still counted. */
const lock: Kind = ({ leg, id, document, revision, tables, records, touched }) => {
  const swapId = id as SwapId;
  const stored = readLock(document, swapId);
  const before = records.lock(swapId);
  const registration = records.registration(stored.hashLock);
  const next = agreedLock(stored, before, { leg, tables, records });
  const [hold, believed] = [trustedHold(next, registration), isBelieved(stored, registration)];
  tables.locks.put(leg, swapId, { lock: next, hold, believed }, revision);
  touched.lock(leg, swapId, [before?.agreement.hashLock, next.agreement.hashLock]);
  if (leg === 'power') tables.lots.hold(swapId, hold);
  else settleCertificates(swapId, tables, records);
  return lockChange(before, next);
};

/**
 * A lock that says other than was agreed is counted by what was agreed: inside its record, under its hash, under its
 * earlier form, or else under any hash that is registered for its swap.
 */
function agreedLock(
  stored: Lock,
  before: KnownLock | undefined,
  { leg, tables, records }: Pick<Entry, 'leg' | 'tables' | 'records'>,
): AgreedLock {
  const { swapId, hashLock, ownAgreement } = stored;
  const registered = [hashLock, ...tables.locks.hashesOf(leg, swapId)].map(records.registration);
  const found = registered.find((each) => each?.swapId === swapId)?.agreement;
  const agreed = ownAgreement ?? (before === undefined ? found : undefined);
  if (agreed !== undefined) return { ...stored, agreement: readAgreement(agreed) };
  if (before === undefined) throw new Error('its agreement is not in the register of hash locks');
  return { ...stored, agreement: before.agreement };
}

function settleCertificates(swapId: SwapId, { certificates }: Tables, records: ChannelRecords): void {
  const now = records.lock(swapId);
  if (now !== undefined) certificates.settle(now);
}

/** Written in the transaction that makes the lock, and in the order of keys, which puts it first. */
const hash = once(({ leg, id, document, revision, tables, touched }) => {
  const { swapId, agreement } = readRegistration(document);
  if (agreement !== undefined) readAgreement(agreement);
  tables.locks.putRegistration(leg, id as HashLock, swapId, revision);
  touched.registration(leg, id as HashLock);
});

const stock: Kind = ({ id, document, revision, tables, records, touched }) => {
  const next = readStock(document);
  const before = records.stock(next.slot);
  tables.stock.put(next, revision);
  if (next.draw !== undefined) touched.draw(next.draw.swapId);
  return String(next.slot) === id ? stockChange(before, next, records) : 'another slot than its key';
};

const receipt = once(({ id, revision, tables, records, touched }) => {
  const swapId = id as SwapId;
  tables.certificates.putReceipt(swapId, revision);
  settleCertificates(swapId, tables, records);
  touched.swap(swapId);
});

/** Sources and witnesses say nothing by themselves: locks and certificates tell it. */
const silent: Kind = () => undefined;

const KINDS: Readonly<Record<string, Kind>> = {
  PARAMETERS: parameters,
  ACCOUNT: account,
  POINT: point,
  DAY: day,
  LOT: lot,
  CERT: certificate,
  LOCK: lock,
  HASH: hash,
  SRC: silent,
  BURN: receipt,
  ORG: silent,
  STOCK: stock,
};

/** The row of a key's kind, the part before `~`. */
export function kindOf(key: string): Kind | undefined {
  const end = key.indexOf('~');
  const prefix = end < 0 ? key : key.slice(0, end);
  return Object.hasOwn(KINDS, prefix) ? KINDS[prefix] : undefined;
}
