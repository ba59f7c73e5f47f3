// Lists in pages: a page ends where the caller says, and the next begins after its last entry. Entries are ordered by
// what never changes of them, so that no entry is lost or repeated between two pages, whatever comes in meanwhile.
import { badField } from '@wattlock/core';
import type { Row, Value, View } from '@wattlock/store';

/** Which part of a list. */
export interface PageRequest<Order extends string> {
  /** At most as many entries; default all. */
  readonly limit?: number | undefined;
  /** The id of the last entry of the page before; default from the beginning. */
  readonly after?: string | undefined;
  /** Default: the list's own. */
  readonly order?: Order | undefined;
  readonly descending?: boolean | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The id to go on after; absent at the end. */
  readonly next?: string;
}

/** A condition with the values it binds; one whose value was not asked for is left out. */
export type Condition = readonly [sql: string, ...values: (Value | undefined)[]];

/** What a list is read from. Its table has a column `id`. */
export interface ListSource<Item, Order extends string> {
  readonly table: string;
  /** Joins beside it. */
  readonly joins?: string;
  /** Besides the id, which comes first. */
  readonly columns: string;
  /** Columns that never change once an entry is there, by the orders' names. */
  readonly orders: Readonly<Record<Order, { readonly column: string; readonly is: 'text' | 'integer' }>>;
  readonly order: Order;
  read(row: Row): Item;
}

/** @throws WattlockError BAD_FIELD when there is no entry to go on after. */
export function readPage<Item extends { readonly id: string }, Order extends string>(
  view: View,
  source: ListSource<Item, Order>,
  conditions: readonly Condition[],
  request: PageRequest<Order>,
): Page<Item> {
  const { table, joins = '', columns } = source;
  const { column } = source.orders[request.order ?? source.order];
  const direction = request.descending === true ? 'DESC' : 'ASC';
  const asked = [...conditions, ...beyond(view, source, request)].filter(
    ([, ...values]) => !values.includes(undefined),
  );
  const where = asked.length === 0 ? '' : `WHERE ${asked.map(([sql]) => `(${sql})`).join(' AND ')}`;
  const sql = `SELECT ${table}.id, ${columns} FROM ${table} ${joins} ${where}
    ORDER BY ${table}.${column} ${direction}, ${table}.id ${direction} LIMIT ?`;
  const values = asked.flatMap(([, ...each]) => each).filter((value) => value !== undefined);
  const limit = request.limit ?? -1;
  const found = view.query(sql, (row) => source.read(row)).all(...values, limit < 0 ? -1 : limit + 1);
  if (limit < 0 || found.length <= limit) return { items: found };
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return last === undefined ? { items } : { items, next: last.id };
}

/** What lies behind the last entry of the page before. */
function beyond<Item, Order extends string>(
  view: View,
  { table, orders, order: own }: ListSource<Item, Order>,
  { after, order = own, descending }: PageRequest<Order>,
): readonly Condition[] {
  if (after === undefined) return [];
  const { column, is } = orders[order];
  const place = view
    .query(`SELECT ${column} FROM ${table} WHERE id = ?`, (row) =>
      is === 'text' ? row.text(0) : row.bigint(0),
    )
    .get(after);
  if (place === undefined) return badField('after', 'expected the id of a listed entry');
  const sign = descending === true ? '<' : '>';
  return [[`(${table}.${column}, ${table}.id) ${sign} (?, ?)`, place, after]];
}

/** All texts that begin with one; none is asked for without it. */
export function beginning(column: string, prefix: string | undefined): Condition {
  return [
    `${column} >= ? AND ${column} < ?`,
    prefix,
    prefix === undefined ? undefined : `${prefix}\u{10ffff}`,
  ];
}
