// Prepared statements: what is bound is checked before the driver sees it, because the driver ends the whole process
// on a type it does not know, cuts text at a zero byte, and takes a single buffer for named parameters.
import type Database from 'libsql';
import { rowOf, type Row } from './row';

/** What can be bound to a statement. Whole numbers are bound as integers. */
export type Value = number | bigint | string | Uint8Array | null;

/** Makes a value of a row. */
export type RowReader<T> = (row: Row) => T;

/** A prepared SELECT. */
export interface Query<T> {
  /** The first row. @throws StoreError */
  get(...values: readonly Value[]): T | undefined;
  /** All rows; a SELECT of a table that grows wants a LIMIT. @throws StoreError */
  all(...values: readonly Value[]): T[];
}

/** A prepared statement that changes rows. */
export interface Command {
  /** @returns number of rows changed @throws StoreError */
  run(...values: readonly Value[]): number;
}

/** A surrogate without its other half, which no UTF-8 can hold. */
const HALF_PAIR = /\p{Surrogate}/u;

/** Runs a call of the driver; its errors come out as StoreErrors. */
export type Attempt = <T>(call: () => T) => T;

export function newQuery<T>(attempt: Attempt, statement: Database.Statement, read: RowReader<T>): Query<T> {
  const rows = statement.raw().safeIntegers();
  return {
    get: (...values) => {
      const parameters = bound(values);
      const row = attempt(() => rows.get(parameters));
      return row === undefined ? undefined : read(rowOf(columnsOf(row)));
    },
    all: (...values) => {
      const parameters = bound(values);
      return attempt(() => rows.all(parameters)).map((row) => read(rowOf(columnsOf(row))));
    },
  };
}

export function newCommand(attempt: Attempt, statement: Database.Statement): Command {
  return {
    run: (...values) => {
      const parameters = bound(values);
      return attempt(() => statement.run(parameters)).changes;
    },
  };
}

function columnsOf(row: unknown): readonly unknown[] {
  if (!Array.isArray(row)) throw new TypeError('the driver gave no raw row');
  return row;
}

function bound(values: readonly Value[]): Value[] {
  return values.map(exact);
}

/** The value as it goes through the driver unchanged. @throws TypeError for one that would not */
function exact(value: Value): Value {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return BigInt(value);
    if (Number.isInteger(value) || Number.isNaN(value)) throw new TypeError(`${value} is not exact`);
    return value;
  }
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) !== value) throw new TypeError('an integer of more than 64 bits');
    return value;
  }
  if (typeof value === 'string') {
    if (value.includes('\0') || HALF_PAIR.test(value))
      throw new TypeError('text with a zero byte or half a pair');
    return value;
  }
  if (value === null || value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}
