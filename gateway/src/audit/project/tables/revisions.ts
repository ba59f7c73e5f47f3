// Every write of every record, with the document as it was written: the history of a record, and the place its latest
// form is read from, so that no document is stored twice.
import type { EpochMs, JsonObject, Leg } from '@wattlock/core';
import type { Row, Store } from '@wattlock/store';
import type { Revision } from '../../checks/records';

/** How many records of a kind a table remembers: a swap's few are asked for many times while its blocks are applied. */
export const REMEMBERED = 2000;

/** The columns that {@link revisionOf} reads, in its order. */
export const REVISION_COLUMNS = 'revision.block, revision.tx, revision.at';

/** @param first the column at which {@link REVISION_COLUMNS} begin. */
export function revisionOf(row: Row, first: number): Revision {
  return {
    blockNumber: row.integer(first),
    transactionId: row.text(first + 1),
    at: row.integer(first + 2) as EpochMs,
  };
}

/** A document that the projection holds: `parseDocument` has read it before it came in, and is three times as slow. */
export function documentOf(row: Row, column: number): JsonObject {
  return JSON.parse(row.text(column)) as JsonObject;
}

export interface Revisions {
  /** Counts on from what the file holds: at the beginning of a transaction. */
  begin(): void;
  /** Whether a key was ever written. */
  has(leg: Leg, key: string): boolean;
  /** @param document absent where the record was deleted, or is no text. @returns the revision's id. */
  add(leg: Leg, key: string, revision: Revision, document: string | undefined): number;
}

export function revisionTable(store: Store): Revisions {
  const found = store.query('SELECT 1 FROM revision WHERE leg = ? AND key = ? LIMIT 1', (row) =>
    row.integer(0),
  );
  const last = store.query('SELECT coalesce(max(id), 0) FROM revision', (row) => row.integer(0));
  const insert = store.command(
    'INSERT INTO revision (id, leg, key, block, tx, at, document) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  let id = 0;
  return {
    begin() {
      id = last.get() ?? 0;
    },
    has: (leg, key) => found.get(leg, key) !== undefined,
    add(leg, key, { blockNumber, transactionId, at }, document) {
      id += 1;
      insert.run(id, leg, key, blockNumber, transactionId, at, document ?? null);
      return id;
    },
  };
}
