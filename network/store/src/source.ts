// Three ways to read a file in SQLite's WAL mode without writing beside it, chosen by what stands beside it:
// log and its index (a writer, or one that was killed): through the index, which coordinates with a writer;
// neither: as a file that stands still, checked afterwards; a log alone (a copy): in a private copy, made whole there.
// Source: https://www.sqlite.org/wal.html (Read-Only Databases), https://www.sqlite.org/uri.html (immutable)
import { copyFileSync, mkdtempSync, rmSync, statSync, type BigIntStats } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { explain } from './explain';
import { connect, transact, type View } from './connection';

/** An open way of reading a file. */
export interface Source {
  read<T>(work: (view: View) => T): T;
  /** Whether what was read until now was of one state, and the way is still the right one. */
  stands(): boolean;
  close(): void;
}

/** @throws StoreError */
export function openSource(file: string): Source {
  if (sizeOf(`${file}-wal`) === 0) return standingStill(file);
  return sizeOf(`${file}-shm`) > 0 ? besideWriter(file) : privateCopy(file);
}

/** SQLite takes its own locks; only another file in this one's place ends it. */
function besideWriter(file: string): Source {
  const connection = connect(uri(file, 'mode=ro'), file);
  const ino = look(file)?.ino;
  return {
    read: (work) => transact(connection, 'DEFERRED', () => work(connection)),
    stands: () => look(file)?.ino === ino,
    close: () => {
      connection.close();
    },
  };
}

/** SQLite neither locks nor looks for a log. A writer that comes makes a log, or has changed the file when it is gone. */
function standingStill(file: string): Source {
  const before = stampOf(file);
  const connection = connect(uri(file, 'immutable=1'), file);
  return {
    read: (work) => work(connection),
    stands: () => stampOf(file) === before && sizeOf(`${file}-wal`) === 0,
    close: () => {
      connection.close();
    },
  };
}

/** Nobody writes to a log without its index. */
function privateCopy(file: string): Source {
  const parts = [file, `${file}-wal`];
  const stamps = (): string => parts.map(stampOf).join();
  const before = stamps();
  const folder = mkdtempSync(join(tmpdir(), 'wattlock-read-'));
  const close = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const copy = join(folder, 'copy');
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    const connection = connect(copy, file);
    return {
      read: (work) => transact(connection, 'DEFERRED', () => work(connection)),
      stands: () => stamps() === before && sizeOf(`${file}-shm`) === 0,
      close: () => {
        connection.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw explain(folder, error);
  }
}

function uri(file: string, options: string): string {
  return `${pathToFileURL(file).href}?${options}`;
}

/** Bytes of a file; 0 when it is not there. */
function sizeOf(path: string): number {
  return Number(look(path)?.size ?? 0);
}

/** Changes whenever the file is written or replaced. */
function stampOf(path: string): string {
  const found = look(path);
  return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

function look(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false, bigint: true });
  } catch (error) {
    throw explain(path, error);
  }
}
