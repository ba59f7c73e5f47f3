// Who may write: one at a time, told by an exclusive SQLite transaction on an empty file beside the store's own.
// It goes with the process, whatever way that ends. The store's own connection cannot hold it: the driver keeps that
// one open until its statements are collected.
import { connect } from './connection';

/** Held until released. */
export interface WriterLock {
  release(): void;
}

/** @param waitMs how long to wait for another writer @throws StoreError STORE_BUSY, naming the store's file */
export function takeWriterLock(file: string, waitMs: number): WriterLock {
  const lock = connect(`${file}-lock`, file, waitMs);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return {
      release: () => {
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}
