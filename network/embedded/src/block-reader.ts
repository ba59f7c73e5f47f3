// A ledger file opened for its blocks alone: without keys and without its lock, also beside the program that has it open.
// Nothing is written, so a copy that may only be read will do. It is an entry of its own, `@wattlock/embedded/reader`:
// whoever reads blocks need not load the chaincode shim, which takes ten times as long.
import { openReader, type View } from '@wattlock/store';
import { LEDGER_FORMAT } from './database';
import { EmbeddedError } from './errors';

export interface BlockReader {
  /** Number of committed blocks of a channel. @throws EmbeddedError EMBEDDED_CHANNEL_UNKNOWN; StoreError */
  height(channel: string): number;
  /**
   * common.Block from a number on, up to another (exclusive) or the last that is committed when it is reached.
   * @throws EmbeddedError EMBEDDED_CHANNEL_UNKNOWN, EMBEDDED_CORRUPT; StoreError
   */
  blocks(channel: string, from: number, until?: number): Generator<Uint8Array, void>;
  close(): void;
}

/** Blocks fetched in one go: while they are, a writer's log grows. */
const PAGE = 32;

/** @throws StoreError STORE_MISSING, STORE_NO_ACCESS, STORE_FOREIGN, STORE_DAMAGED, … */
export function openBlockReader(file: string): BlockReader {
  const reader = openReader(file, LEDGER_FORMAT);
  return {
    height: (channel) => reader.read((view) => heightOf(view, idOf(view, channel))),
    *blocks(channel, from, until = Infinity) {
      for (let next = from; next < until;) {
        const page = reader.read((view) => pageOf(view, channel, next, Math.min(until, next + PAGE)));
        if (page.length === 0) return;
        next += page.length;
        yield* page;
      }
    },
    close: () => {
      reader.close();
    },
  };
}

function idOf(view: View, channel: string): number {
  const ids = view.query('SELECT id FROM channel WHERE name = ?', (row) => row.integer(0));
  const id = ids.get(channel);
  if (id === undefined) throw new EmbeddedError('EMBEDDED_CHANNEL_UNKNOWN', channel);
  return id;
}

function heightOf(view: View, id: number): number {
  const heights = view.query('SELECT coalesce(max(number) + 1, 0) FROM block WHERE channel = ?', (row) =>
    row.integer(0),
  );
  return heights.get(id) ?? 0;
}

function pageOf(view: View, channel: string, from: number, until: number): readonly Uint8Array[] {
  const rows = view
    .query(
      'SELECT number, bytes FROM block WHERE channel = ? AND number >= ? AND number < ? ORDER BY number',
      (row) => ({ number: row.integer(0), bytes: row.bytes(1) }),
    )
    .all(idOf(view, channel), from, until);
  const missing = rows.findIndex(({ number }, index) => number !== from + index);
  if (missing >= 0) {
    throw new EmbeddedError('EMBEDDED_CORRUPT', `channel ${channel}: block ${from + missing} is missing`);
  }
  return rows.map(({ bytes }) => bytes);
}
