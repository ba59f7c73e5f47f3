// The SQL of a channel's store, prepared once: preparing costs more than most of these statements do.
// The driver takes a single bound buffer for named parameters, so every statement binds two values or a number.
import type Database from 'libsql';

type StatementName =
  | 'height'
  | 'block'
  | 'addBlock'
  | 'transaction'
  | 'addTransaction'
  | 'namespace'
  | 'addNamespace'
  | 'entry'
  | 'range'
  | 'putEntry'
  | 'deleteEntry'
  | 'positions'
  | 'addChange';

export type ChannelStatements = Readonly<Record<StatementName, Database.Statement>>;

export function prepareStatements(database: Database.Database): ChannelStatements {
  const columns = 'key, value, metadata, block, tx';
  return {
    height: database.prepare('SELECT coalesce(max(number) + 1, 0) AS height FROM block WHERE channel = ?'),
    block: database.prepare('SELECT bytes FROM block WHERE channel = ? AND number = ?'),
    addBlock: database.prepare('INSERT INTO block (channel, number, bytes) VALUES (?, ?, ?)'),
    transaction: database.prepare('SELECT code, block FROM tx WHERE channel = ? AND id = ?'),
    addTransaction: database.prepare(
      'INSERT OR IGNORE INTO tx (channel, id, block, code) VALUES (?, ?, ?, ?)',
    ),
    namespace: database.prepare('SELECT id FROM namespace WHERE channel = ? AND name = ?'),
    addNamespace: database.prepare('INSERT OR IGNORE INTO namespace (channel, name) VALUES (?, ?)'),
    entry: database.prepare(`SELECT ${columns} FROM state WHERE namespace = ? AND key = ?`).raw(),
    range: database
      .prepare(
        `SELECT ${columns} FROM state
         WHERE namespace = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?`,
      )
      .raw(),
    putEntry: database.prepare(
      `INSERT OR REPLACE INTO state (namespace, key, value, metadata, block, tx) VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    deleteEntry: database.prepare('DELETE FROM state WHERE namespace = ? AND key = ?'),
    positions: database.prepare(
      'SELECT block, tx FROM history WHERE namespace = ? AND key = ? ORDER BY block DESC, tx DESC',
    ),
    addChange: database.prepare(
      'INSERT OR IGNORE INTO history (namespace, key, block, tx) VALUES (?, ?, ?, ?)',
    ),
  };
}
