// A file opened for reading: nothing is written beside it, no permission to write is asked for, no writer is disturbed.
// How it is read depends on what stands beside it, and that may change while it is being read.
import { StoreError } from './errors';
import { checkVersion, type StoreFormat } from './format';
import { checkReadable } from './place';
import { openSource, type Source } from './source';
import type { View } from './connection';

/** After this many tries somebody opens, writes and closes the file faster than it can be read. */
const TRIES = 10;

/** A file open for reading. */
export interface StoreReader {
  readonly file: string;
  /**
   * Runs synchronous work over one committed state, the latest; what a writer does meanwhile is not seen.
   * Work may run more than once and should be short: a writer's log grows until it ends.
   * @throws StoreError STORE_BUSY, STORE_DAMAGED, STORE_CLOSED, STORE_FAULT; whatever work throws
   */
  read<T>(work: (view: View) => T): T;
  close(): void;
}

/**
 * Opens a file for reading, beside a writer or without one.
 * @throws StoreError STORE_MISSING, STORE_NO_ACCESS, STORE_WRONG_PLACE, STORE_DAMAGED, STORE_NO_DATABASE,
 * STORE_FOREIGN, STORE_NEWER, STORE_OLDER, STORE_FULL, STORE_FAULT
 */
export function openReader(file: string, format: StoreFormat): StoreReader {
  const reader = new FileReader(file);
  try {
    reader.read((view) => {
      checkVersion(view, file, format);
    });
    return reader;
  } catch (error) {
    reader.close();
    throw error;
  }
}

class FileReader implements StoreReader {
  #source: Source | undefined;
  #closed = false;

  constructor(readonly file: string) {}

  read<T>(work: (view: View) => T): T {
    if (this.#closed) throw new StoreError('STORE_CLOSED', this.file);
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const outcome = this.#attempt(work);
      if (outcome !== undefined) return outcome.result;
    }
    throw new StoreError('STORE_BUSY', this.file, `it changed during each of ${TRIES} tries to read it`);
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  /** Runs work once; undefined when what it saw may be of two states. */
  #attempt<T>(work: (view: View) => T): { readonly result: T } | undefined {
    const source = this.#current();
    try {
      const result = source.read(work);
      return source.stands() ? { result } : undefined;
    } catch (error) {
      if (source.stands()) throw error;
      return undefined;
    }
  }

  #current(): Source {
    if (this.#source?.stands() === false) this.#drop();
    if (this.#source === undefined) {
      checkReadable(this.file);
      this.#source = openSource(this.file);
    }
    return this.#source;
  }

  #drop(): void {
    this.#source?.close();
    this.#source = undefined;
  }
}
