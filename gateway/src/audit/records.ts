// How each kind of record enters the projection, and which changes to it no contract ever makes.
// One row a kind, found by the key's prefix; a reason returned is an illegal change, an exception an unreadable record.
import {
  energyOf,
  isStated,
  partsOf,
  readAgreement,
  readLock,
  readRecord,
  timeLockOf,
  WattlockError,
  type AccountId,
  type CertificateId,
  type HashLock,
  type JsonObject,
  type AgreedLock,
  type LotId,
  type PointId,
  type RecordKind,
  type SwapId,
  type Wh,
} from '@wattlock/core';
import { certificateChange, lockChange, lotChange } from './changes';
import { stockChange } from './stock';
import type { ChannelRecords } from './state';

interface Kind {
  /**
   * Takes over a record's latest form.
   * @param again whether the key was written before.
   * @returns why the change is illegal, or undefined.
   */
  apply(records: ChannelRecords, id: string, document: JsonObject, again: boolean): string | undefined;
}

/** A record that is written once and stays. */
function once(take: (records: ChannelRecords, id: string, document: JsonObject) => void): Kind {
  return {
    apply(records, id, document, again) {
      take(records, id, document);
      return again ? 'written again' : undefined;
    },
  };
}

const parameters: Kind = {
  apply(records, _id, document) {
    records.parameters = readRecord('parameters', document);
    return undefined;
  },
};

const account = once((records, id, document) => {
  records.accounts.set(id as AccountId, readRecord('account', document));
});

const point = once((records, id, document) => {
  records.points.set(id as PointId, readRecord('point', document));
});

/** Slot n is bit n; a stated day occupies every one, which is the number -1. */
const EVERY_SLOT = -1n;

const day = once((records, id, document) => {
  const part = readRecord('day', document);
  const [energyWh, slots] = isStated(part)
    ? [part.energyWh, EVERY_SLOT]
    : [energyOf(part), occupancyOf(part.slots)];
  records.days.set(id, { point: part.point, energyWh, slots });
});

function occupancyOf(slots: readonly (Wh | null)[]): bigint {
  return slots.reduce((bits, slot, i) => (slot === null ? bits : bits | (1n << BigInt(i))), 0n);
}

const lot: Kind = {
  apply(records, id, document) {
    const next = readRecord('lot', document);
    const before = records.lots.get(id as LotId);
    records.lots.set(id as LotId, next);
    return lotChange(before, next, records);
  },
};

const certificate: Kind = {
  apply(records, id, document) {
    const next = readRecord('certificate', document);
    const before = records.certificates.get(id as CertificateId);
    records.certificates.set(id as CertificateId, next);
    return certificateChange(before, next, records);
  },
};

/** The agreement's hash is compared with the key by the checks, so that a lock with a false id is still counted. */
const lock: Kind = {
  apply(records, id, document) {
    const swapId = id as SwapId;
    const before = records.locks.get(swapId);
    checkForm(document, swapId);
    const { v, agreement: inside, ...record } = document;
    const agreement =
      inside === undefined
        ? (before?.agreement ?? records.agreements.get(swapId))
        : readAgreement(inside as JsonObject);
    if (agreement === undefined) throw new Error('its agreement is not in the register of hash locks');
    const { leg } = record as unknown as AgreedLock;
    // A record of version 1 says these by its agreement alone.
    const agreed = { hashLock: agreement.hashLock, ...timeLockOf({ agreement, leg }) };
    const next = { ...agreed, ...record, swapId, agreement } as unknown as AgreedLock;
    records.locks.set(swapId, next);
    return lockChange(before, next);
  },
};

/** What is no record of this lock leaves it as it was, as contracts do; that it agrees to another swap the checks tell. */
function checkForm(document: JsonObject, swapId: SwapId): void {
  try {
    readLock(document, swapId);
  } catch (error) {
    if (!(error instanceof WattlockError && error.code === 'AGREEMENT_MISMATCH')) throw error;
  }
}

/** Written in the transaction that makes the lock, and in the order of keys, which puts it first. */
const hash = once((records, id, document) => {
  const { swapId, agreement, signed } = readRecord('hash', document);
  records.hashes.set(id as HashLock, swapId);
  if (signed !== undefined) records.signed.set(swapId, signed);
  if (agreement !== undefined) records.agreements.set(swapId, readAgreement(agreement));
});

const source: Kind = {
  apply(records, id, document) {
    const { swapId } = readRecord('source', document);
    if (swapId !== undefined) records.sources.set(id as LotId, swapId);
    return undefined;
  },
};

const stock: Kind = {
  apply(records, id, document) {
    const next = readRecord('stock', document);
    const before = records.stock.get(next.slot);
    records.stock.set(next.slot, next);
    if (next.draw !== undefined) records.draws.set(next.draw.swapId, next.draw);
    return String(next.slot) === id ? stockChange(before, next, records) : 'another slot than its key';
  },
};

const receipt = once((records, id, document) => {
  records.receipts.set(id as SwapId, readRecord('burn', document));
});

/** Written with whatever is done for a generator organisation; it says nothing by itself. */
const witness: Kind = { apply: () => undefined };

const ROWS: Readonly<Record<RecordKind, Kind>> = {
  parameters,
  account,
  point,
  day,
  lot,
  certificate,
  lock,
  hash,
  source,
  burn: receipt,
  organisation: witness,
  stock,
};

/** The row of a key's kind. */
export function kindOf(key: string): Kind | undefined {
  const parts = partsOf(key);
  return parts && ROWS[parts.kind];
}
