// The ledger file: SQLite in WAL mode, every commit on disk before it is announced, one opener at a time.
// The lock is SQLite's own (exclusive locking mode): it goes with the process, whatever way that ends.
import Database from 'libsql';
import { EmbeddedError } from './errors';

export type { Database };

const APPLICATION_ID = 0x57617474;
const SCHEMA_VERSION = 1;

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
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens or makes a ledger file and takes its lock.
 * @throws EmbeddedError EMBEDDED_IN_USE, EMBEDDED_SCHEMA
 */
export function openDatabase(file: string): Database.Database {
  const database = new Database(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    database.exec('PRAGMA wal_autocheckpoint = 4000');
    database.exec('BEGIN IMMEDIATE');
    prepareSchema(database);
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw explain(file, error);
  }
}

function prepareSchema(database: Database.Database): void {
  const version = pragma(database, 'user_version');
  const application = pragma(database, 'application_id');
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as {
    tables: number;
  };
  if (version === 0 && application === 0 && tables === 0) database.exec(SCHEMA);
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
