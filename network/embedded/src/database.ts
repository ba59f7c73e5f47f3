// The ledger file: SQLite in WAL mode, every commit on disk before it is announced, one opener at a time.
// The lock is an exclusive SQLite transaction on an empty file beside it: it goes with the process, whatever way that ends.
import type { StoreFormat } from '@wattlock/store';
import Database from 'libsql';
import { EmbeddedError } from './errors';

const APPLICATION_ID = 0x57617474;
const SCHEMA_VERSION = 1;
const IN_MEMORY = ':memory:';

const SCHEMA = `
  CREATE TABLE channel (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE namespace (
    id INTEGER PRIMARY KEY, channel INTEGER NOT NULL REFERENCES channel, name TEXT NOT NULL,
    UNIQUE (channel, name));
  CREATE TABLE block (
    channel INTEGER NOT NULL REFERENCES channel, number INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (channel, number));
  CREATE TABLE tx (
    channel INTEGER NOT NULL, id TEXT NOT NULL, block INTEGER NOT NULL, code INTEGER NOT NULL,
    PRIMARY KEY (channel, id)) WITHOUT ROWID;
  CREATE TABLE state (
    namespace INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, metadata BLOB,
    block INTEGER NOT NULL, tx INTEGER NOT NULL,
    PRIMARY KEY (namespace, key)) WITHOUT ROWID;
  CREATE TABLE history (
    namespace INTEGER NOT NULL, key BLOB NOT NULL, block INTEGER NOT NULL, tx INTEGER NOT NULL,
    PRIMARY KEY (namespace, key, block, tx)) WITHOUT ROWID;
`;

/** What a ledger file is, for whoever only reads it. */
export const LEDGER_FORMAT: StoreFormat = {
  what: 'a ledger file',
  applicationId: APPLICATION_ID,
  migrations: [{ version: SCHEMA_VERSION, sql: SCHEMA }],
};

const HEADER = `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`;

/** An open ledger file. */
export interface LedgerFile {
  readonly database: Database.Database;
  /** Leaves everything in the one file and frees it. */
  close(): void;
}

/**
 * Opens or makes a ledger file and takes its lock.
 * @throws EmbeddedError EMBEDDED_IN_USE, EMBEDDED_SCHEMA
 */
export function openFile(file: string): LedgerFile {
  const lock = file === IN_MEMORY ? undefined : takeLock(file);
  const database = new Database(file);
  const close = (): void => {
    database.close();
    lock?.close();
  };
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000');
    database.exec('BEGIN IMMEDIATE');
    prepareSchema(database);
    database.exec('COMMIT');
  } catch (error) {
    close();
    throw explain(file, error);
  }
  return {
    database,
    close: () => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      close();
    },
  };
}

// The ledger's own connection cannot hold the lock: the driver keeps it open until its statements are collected.
function takeLock(file: string): Database.Database {
  const lock = new Database(`${file}-lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw explain(file, error);
  }
}

function prepareSchema(database: Database.Database): void {
  const version = pragma(database, 'user_version');
  const application = pragma(database, 'application_id');
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as {
    tables: number;
  };
  if (version === 0 && application === 0 && tables === 0) database.exec(SCHEMA + HEADER);
  else if (application !== APPLICATION_ID) throw new EmbeddedError('EMBEDDED_SCHEMA', 'it is no ledger file');
  else if (version !== SCHEMA_VERSION)
    throw new EmbeddedError('EMBEDDED_SCHEMA', `format ${version}, expected ${SCHEMA_VERSION}`);
}

function pragma(database: Database.Database, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Record<string, number>;
  return row[name] ?? 0;
}

function explain(file: string, error: unknown): unknown {
  if (error instanceof EmbeddedError) return error;
  const code = (error as { code?: unknown }).code;
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new EmbeddedError('EMBEDDED_IN_USE', file, error);
  }
  if (code === 'SQLITE_NOTADB') return new EmbeddedError('EMBEDDED_SCHEMA', 'it is no SQLite file', error);
  return error;
}
