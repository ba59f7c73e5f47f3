// Metering points and accounts.
import {
  readRecord,
  type Account,
  type AccountId,
  type Leg,
  type MeteringPoint,
  type PointId,
} from '@wattlock/core';
import type { Row, View } from '@wattlock/store';
import { documentIn } from './columns';
import { beginning, readPage, type Condition, type ListSource, type Page, type PageRequest } from './page';

export interface PointFilter {
  readonly owner?: AccountId | undefined;
  readonly type?: MeteringPoint['type'] | undefined;
  /** The beginning of an id. */
  readonly begins?: string | undefined;
}

const POINTS: ListSource<MeteringPoint, 'id'> = {
  table: 'point',
  joins: 'JOIN revision ON revision.id = point.revision',
  columns: 'document',
  orders: { id: { column: 'id', is: 'text' } },
  order: 'id',
  read: (row: Row) => ({ ...readRecord('point', documentIn(row, 1)), id: row.text(0) as PointId }),
};

export function listPoints(
  view: View,
  { owner, type, begins }: PointFilter = {},
  page: PageRequest<'id'> = {},
): Page<MeteringPoint> {
  const conditions: readonly Condition[] = [
    beginning('point.id', begins),
    ['owner = ?', owner],
    ['type = ?', type],
  ];
  return readPage(view, POINTS, conditions, page);
}

/** Accounts of a channel in the order of their ids; a consortium has a few. */
export function listAccounts(view: View, leg: Leg = 'power'): readonly Account[] {
  return view
    .query(
      `SELECT document FROM account JOIN revision ON revision.id = account.revision
       WHERE account.leg = ? ORDER BY account.id`,
      (row) => readRecord('account', documentIn(row, 0)),
    )
    .all(leg);
}
