// From the many ways in which SQLite and the file system fail to the codes of this package.
// Sources: https://www.sqlite.org/rescode.html (the low byte is the primary code), errno(3).
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError, type StoreErrorCode } from './errors';

/** SQLite's primary result codes that mean more than a fault. */
const SQLITE: Readonly<Record<number, StoreErrorCode>> = {
  3: 'STORE_READONLY', // PERM
  5: 'STORE_BUSY', // BUSY
  6: 'STORE_BUSY', // LOCKED
  8: 'STORE_READONLY', // READONLY
  11: 'STORE_DAMAGED', // CORRUPT
  13: 'STORE_FULL', // FULL
  26: 'STORE_NO_DATABASE', // NOTADB
};
/** What SQLite says when the system refused: IOERR and CANTOPEN hide a full disk. */
const SYSTEM_REFUSED: readonly number[] = [10, 14];

const ERRNO: Readonly<Record<string, StoreErrorCode>> = {
  EACCES: 'STORE_NO_ACCESS',
  EDQUOT: 'STORE_FULL',
  EISDIR: 'STORE_WRONG_PLACE',
  ELOOP: 'STORE_WRONG_PLACE',
  ENAMETOOLONG: 'STORE_WRONG_PLACE',
  ENOENT: 'STORE_MISSING',
  ENOSPC: 'STORE_FULL',
  ENOTDIR: 'STORE_WRONG_PLACE',
  EPERM: 'STORE_NO_ACCESS',
  EROFS: 'STORE_READONLY',
};

/** Anything thrown while a file was used, as a StoreError about that file. */
export function explain(file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(codeOf(file, error, message), file, message, error);
}

function codeOf(file: string, error: unknown, message: string): StoreErrorCode {
  const primary = sqliteCodeOf(error, message);
  if (primary !== undefined) {
    if (SYSTEM_REFUSED.includes(primary) && diskIsFull(file)) return 'STORE_FULL';
    return SQLITE[primary] ?? 'STORE_FAULT';
  }
  const code = property(error, 'code');
  return (typeof code === 'string' ? ERRNO[code] : undefined) ?? 'STORE_FAULT';
}

/** The driver gives a number beside most errors; of a connection that fails only the text has it, at its end. */
function sqliteCodeOf(error: unknown, message: string): number | undefined {
  const raw = property(error, 'rawCode');
  if (typeof raw === 'number') return raw & 0xff;
  const digits = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(message)?.[1];
  return digits === undefined ? undefined : Number(digits) & 0xff;
}

function property(error: unknown, name: 'code' | 'rawCode'): unknown {
  return error instanceof Error && name in error ? Reflect.get(error, name) : undefined;
}

function diskIsFull(file: string): boolean {
  try {
    const { bavail, files, ffree } = statfsSync(dirname(file));
    return bavail === 0 || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}
