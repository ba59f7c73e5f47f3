// What the embedded ledger itself refuses or cannot do, with codes that stay.
// A contract's refusal is not here: it travels inside the proposal response, as on Fabric.
import { StoreError, type StoreErrorKind } from '@wattlock/store';

/** What a caller can do about an error. */
export type EmbeddedErrorKind = StoreErrorKind | 'conflict' | 'down' | 'invalid';

const TABLE = {
  /** Another process, or another ledger of this process, has the file open. */
  EMBEDDED_IN_USE: { kind: 'busy', says: 'the ledger file is open elsewhere' },
  /** The file was written by a version this one cannot read. */
  EMBEDDED_SCHEMA: { kind: 'refused', says: 'the ledger file has a format this version does not read' },
  /** The blocks in the file do not form a chain. */
  EMBEDDED_CORRUPT: { kind: 'damaged', says: 'the ledger file is damaged' },
  /** The file belongs to other members than the options name. */
  EMBEDDED_CONFIG: { kind: 'conflict', says: 'the ledger file was made for other members' },
  /** No such channel. */
  EMBEDDED_CHANNEL_UNKNOWN: { kind: 'missing', says: 'the channel does not exist' },
  /** No such organisation. */
  EMBEDDED_MEMBER_UNKNOWN: { kind: 'missing', says: 'the organisation is not a member' },
  /** The organisation's endorser is down. */
  EMBEDDED_ENDORSER_UNAVAILABLE: { kind: 'down', says: 'the endorser does not answer' },
  /** The orderer is down. */
  EMBEDDED_ORDERER_UNAVAILABLE: { kind: 'down', says: 'the orderer does not answer' },
  /** The orderer cannot read the envelope, or it is for another channel. */
  EMBEDDED_BAD_REQUEST: { kind: 'invalid', says: 'the envelope is malformed' },
  /** The envelope does not satisfy the channel's writers policy. */
  EMBEDDED_FORBIDDEN: { kind: 'refused', says: 'the envelope is not signed by a writer of the channel' },
  /** A block could not be written; the ledger must be opened anew. */
  EMBEDDED_HALTED: { kind: 'down', says: 'the channel has halted' },
  /** The ledger is closed. */
  EMBEDDED_CLOSED: { kind: 'down', says: 'the ledger is closed' },
} as const satisfies Record<string, { readonly kind: EmbeddedErrorKind; readonly says: string }>;

export type EmbeddedErrorCode = keyof typeof TABLE;

/** An error of the embedded ledger. `code` is stable, `kind` says what to do; the text is for people. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly kind: EmbeddedErrorKind;

  constructor(
    readonly code: EmbeddedErrorCode,
    detail = '',
    cause?: unknown,
  ) {
    const { kind, says } = TABLE[code];
    super(detail === '' ? says : `${says}: ${detail}`, { cause });
    // A channel halts on a full disk, and then only space helps.
    this.kind = cause instanceof StoreError ? cause.kind : kind;
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
