// Every kind of record that a channel stores, in one table: its form by version. What is written with a version is read
// with a check of it, so a record that this program does not know is refused and never guessed.
import { storedAccountFormat, type Account } from './account';
import type { JsonObject } from './canonical';
import { certificateFormat, type Certificate } from './certificate';
import { dayPartFormat } from './day-part';
import { readDocument, writeDocument, type Format } from './document';
import { fail, WattlockError, type ErrorCode } from './errors';
import type { RecordKind } from './keys';
import type { Lock } from './lock';
import { lockFormat } from './lock-record';
import { lotFormat, type Lot } from './lot';
import { parametersFormat, type Parameters } from './parameters';
import { storedPointFormat, type MeteringPoint } from './point';
import { receiptFormat, type BurnReceipt } from './receipt';
import { record, versioned } from './record';
import { registrationFormat, type HashRegistration } from './registration';
import { sourceFormat, type Source } from './source';
import type { DayPart } from './statement';
import { stockFormat, type StockSlot } from './stock';

/** What a record of each kind is, once it is read. */
interface Records {
  readonly parameters: Parameters;
  readonly account: Account;
  readonly point: MeteringPoint;
  readonly day: DayPart;
  readonly lot: Lot;
  readonly certificate: Certificate;
  readonly lock: Lock;
  readonly hash: HashRegistration;
  readonly source: Source;
  readonly stock: StockSlot;
  readonly burn: BurnReceipt;
  readonly organisation: object;
}

export type RecordOf<K extends RecordKind> = Records[K];

export const RECORDS: { readonly [K in RecordKind]: Format<RecordOf<K>> } = {
  parameters: versioned('parameters', { 1: parametersFormat }),
  account: versioned('account', { 1: storedAccountFormat }),
  point: versioned('point', { 1: storedPointFormat }),
  day: versioned('day', { 1: dayPartFormat }),
  lot: versioned('lot', { 1: lotFormat }),
  certificate: versioned('certificate', { 1: certificateFormat }),
  lock: lockFormat,
  hash: registrationFormat,
  source: versioned('source', { 1: sourceFormat }),
  stock: versioned('stock', { 1: stockFormat }),
  burn: versioned('burn', { 1: receiptFormat }),
  organisation: versioned('organisation', { 1: record({}) }),
};

const MALFORMED: readonly ErrorCode[] = ['BAD_FIELD', 'BAD_ENERGY'];

/**
 * Reads the record of a kind. A lock's is read by {@link readLock}, which knows that it may be forged.
 * @throws RECORD_VERSION when its version is unknown, RECORD_MALFORMED when it has not the form of its version
 */
export function readRecord<K extends Exclude<RecordKind, 'lock'>>(kind: K, stored: JsonObject): RecordOf<K> {
  try {
    return readDocument(RECORDS[kind], stored);
  } catch (error) {
    if (!(error instanceof WattlockError) || !MALFORMED.includes(error.code)) throw error;
    return fail('RECORD_MALFORMED', { record: kind, ...error.details });
  }
}

/** The stored form of a record, of its latest version; a lock of version 1 stays one. */
export function writeRecord<K extends RecordKind>(kind: K, record: RecordOf<K>): JsonObject {
  return writeDocument(RECORDS[kind], record);
}
