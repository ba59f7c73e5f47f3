// What can go wrong with a file, in codes that stay: what happened, of which kind it is, and which file it was.

/** What a caller can do about an error; the gateway has one meaning (exit code, HTTP status, hint) for each kind. */
export type StoreErrorKind =
  'busy' | 'damaged' | 'fault' | 'missing' | 'readonly' | 'refused' | 'space' | 'usage';

interface StoreErrorRow {
  readonly kind: StoreErrorKind;
  readonly says: string;
}

const TABLE = {
  /** Another process, or another opener in this one, writes to the file. */
  STORE_BUSY: { kind: 'busy', says: 'the file is open elsewhere' },
  /** Nothing of what was being written is in the file. */
  STORE_FULL: { kind: 'space', says: 'the disk is full' },
  /** The file, its folder or its file system may not be written by this user. */
  STORE_READONLY: { kind: 'readonly', says: 'the file cannot be written, only read' },
  /** The operating system does not let this user read the file. */
  STORE_NO_ACCESS: { kind: 'refused', says: 'the file may not be read by this user' },
  /** The path is a folder, leads through a file, or its folder is not there. */
  STORE_WRONG_PLACE: { kind: 'usage', says: 'no file can be there' },
  /** A reader makes no file. */
  STORE_MISSING: { kind: 'missing', says: 'the file is not there' },
  /** Parts of it were overwritten or are lost. */
  STORE_DAMAGED: { kind: 'damaged', says: 'the file is damaged' },
  /** Its bytes are not, or no longer, those of an SQLite file. */
  STORE_NO_DATABASE: { kind: 'damaged', says: 'the file is no database' },
  /** It is a database, made for something else. */
  STORE_FOREIGN: { kind: 'usage', says: 'the file belongs to another program' },
  /** A later version of this program wrote it. */
  STORE_NEWER: { kind: 'refused', says: 'the file was written by a newer version' },
  /** A reader migrates nothing. */
  STORE_OLDER: {
    kind: 'refused',
    says: 'the file is of an older version and must be opened for writing once',
  },
  /** The store was closed before. */
  STORE_CLOSED: { kind: 'fault', says: 'the file is closed' },
  /** The system failed, or a statement is wrong. */
  STORE_FAULT: { kind: 'fault', says: 'the file could not be used' },
} as const satisfies Record<string, StoreErrorRow>;

export type StoreErrorCode = keyof typeof TABLE;

/** The table itself, for documents and for mappings that must be complete. */
export const STORE_ERRORS: Readonly<Record<StoreErrorCode, StoreErrorRow>> = TABLE;

/** An error of a file. `code` is stable, `kind` says what to do; the text names the file and is for people. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(
    readonly code: StoreErrorCode,
    /** Path of the file. */
    readonly file: string,
    detail = '',
    cause?: unknown,
  ) {
    const { kind, says } = TABLE[code];
    super(`${says}: ${file}${detail === '' ? '' : ` (${detail})`}`, { cause });
    this.kind = kind;
  }
}
