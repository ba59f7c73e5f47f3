// The state as contracts and validation see it: keys of a chaincode, each with value, metadata and version.
// Narrow on purpose, so that another store can stand behind it.
import type { Version } from './rwset';

export interface StateEntry {
  readonly value: Uint8Array;
  /** Fabric's metadata bytes; see decodeMetadata. */
  readonly metadata: Uint8Array | undefined;
  readonly version: Version;
}

export interface StateReader {
  get(namespace: string, key: string): StateEntry | undefined;
  /** Keys from `startKey` (inclusive) to `endKey` (exclusive; empty: no end), in the order of their UTF-8 bytes. */
  range(namespace: string, startKey: string, endKey: string): Iterable<readonly [string, StateEntry]>;
}

/** One write of a valid transaction, as history tells it. */
export interface KeyChange {
  readonly txId: string;
  readonly value: Uint8Array | undefined;
  /** The transaction's own time. */
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
}

export interface HistoryReader {
  /** Changes of a key, the latest first. */
  history(namespace: string, key: string): Iterable<KeyChange>;
}

/** Orders keys as their UTF-8 bytes do; JavaScript's own order differs beyond the basic plane. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return weight(left) - weight(right);
  }
  return a.length - b.length;
}

// Surrogates (U+D800 to U+DFFF) stand for code points above all others.
function weight(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
