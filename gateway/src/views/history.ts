// The history of a record: every form it was written in.
import { parseDocument, WattlockError, type JsonObject, type Leg } from '@wattlock/core';
import type { View } from '@wattlock/store';
import { placeOf, PLACE_COLUMNS, type Place } from './columns';

/** A form of a record; null where it was deleted, or is no JSON object. */
export interface HistoryEntry extends Place {
  readonly value: JsonObject | null;
}

/** Every write of a record, oldest first. */
export function historyOf(view: View, leg: Leg, key: string): readonly HistoryEntry[] {
  return view
    .query(
      `SELECT ${PLACE_COLUMNS}, document FROM revision WHERE leg = ? AND key = ? ORDER BY id`,
      (row): HistoryEntry => ({ ...placeOf(row, 0), value: row.isNull(3) ? null : objectIn(row.text(3)) }),
    )
    .all(leg, key);
}

function objectIn(text: string): JsonObject | null {
  try {
    return parseDocument(text);
  } catch (error) {
    if (!(error instanceof WattlockError)) throw error;
    return null;
  }
}
