// Records that are registered once and for ever, and of which the same content again is no change.
import {
  canonicalJson,
  fail,
  writeRecord,
  type ErrorCode,
  type RecordKind,
  type RecordOf,
} from '@wattlock/core';
import type { OwnWrites } from './ownership';
import type { Found } from './state';

/** A record to register. */
export interface Registered<K extends RecordKind> {
  readonly kind: K;
  readonly key: string;
  /** What the key holds. */
  readonly stored: Found;
  readonly content: RecordOf<K>;
  /** What other content is refused with. */
  readonly conflict: ErrorCode;
}

/** Registers a record: the same content again writes nothing. @returns the content. */
export function register<K extends RecordKind>(
  writes: Pick<OwnWrites, 'take'>,
  { kind, key, stored, content, conflict }: Registered<K>,
): RecordOf<K> {
  const record = writeRecord(kind, content);
  if (stored === undefined) writes.take(key, record);
  else if (canonicalJson(stored) !== canonicalJson(record)) fail(conflict, { key });
  return content;
}
