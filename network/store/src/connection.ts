// One connection to SQLite. The only file that knows the driver's ways of opening and closing.
import Database from 'libsql';
import { StoreError } from './errors';
import { explain } from './explain';
import { newCommand, newQuery, type Attempt, type Command, type Query, type RowReader } from './statement';

/** What can be asked of a file. */
export interface View {
  /**
   * Prepares a SELECT. Preparing costs more than most statements do: keep what is used again.
   * @throws StoreError STORE_FAULT when the statement is wrong
   */
  query<T>(sql: string, read: RowReader<T>): Query<T>;
}

/** A connection, from inside this package. */
export interface Connection extends View {
  command(sql: string): Command;
  /** Runs statements that bind nothing. */
  exec(sql: string): void;
  readonly inTransaction: boolean;
  close(): void;
}

/**
 * @param location path or URI
 * @param file path of the file that errors name
 * @param waitMs how long to wait for another's lock; the whole thread waits
 * @throws StoreError
 */
export function connect(location: string, file: string, waitMs = 0): Connection {
  let open = true;
  const attempt: Attempt = (call) => {
    // The driver's statements would go on after its connection is closed.
    if (!open) throw new StoreError('STORE_CLOSED', file);
    try {
      return call();
    } catch (error) {
      throw explain(file, error);
    }
  };
  const database = attempt(() => new Database(location, { timeout: waitMs }));
  const prepare = (sql: string): Database.Statement => attempt(() => database.prepare(sql));
  return {
    query: (sql, read) => newQuery(attempt, prepare(sql), read),
    command: (sql) => newCommand(attempt, prepare(sql)),
    exec: (sql) => {
      attempt(() => database.exec(sql));
    },
    get inTransaction() {
      return open && database.inTransaction;
    },
    close: () => {
      if (open) database.close();
      open = false;
    },
  };
}

/** Runs work in a transaction: all of it is in the file afterwards, or nothing. @throws StoreError, or what work throws */
export function transact<T>(connection: Connection, kind: 'IMMEDIATE' | 'DEFERRED', work: () => T): T {
  connection.exec(`BEGIN ${kind}`);
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // On a full disk SQLite has already gone back by itself.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
