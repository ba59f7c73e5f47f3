// What the embedded ledger itself refuses or cannot do, with codes that stay.
// A contract's refusal is not here: it travels inside the proposal response, as on Fabric.

const TABLE = {
  /** Another process, or another ledger of this process, has the file open. */
  EMBEDDED_IN_USE: 'the ledger file is open elsewhere',
  /** The file was written by a version this one cannot read. */
  EMBEDDED_SCHEMA: 'the ledger file has a format this version does not read',
  /** The blocks in the file do not form a chain. */
  EMBEDDED_CORRUPT: 'the ledger file is damaged',
  /** The file belongs to other members than the options name. */
  EMBEDDED_CONFIG: 'the ledger file was made for other members',
  /** No such channel. */
  EMBEDDED_CHANNEL_UNKNOWN: 'the channel does not exist',
  /** No such organisation. */
  EMBEDDED_MEMBER_UNKNOWN: 'the organisation is not a member',
  /** The organisation's endorser is down. */
  EMBEDDED_ENDORSER_UNAVAILABLE: 'the endorser does not answer',
  /** The orderer is down. */
  EMBEDDED_ORDERER_UNAVAILABLE: 'the orderer does not answer',
  /** The orderer cannot read the envelope, or it is for another channel. */
  EMBEDDED_BAD_REQUEST: 'the envelope is malformed',
  /** The envelope does not satisfy the channel's writers policy. */
  EMBEDDED_FORBIDDEN: 'the envelope is not signed by a writer of the channel',
  /** A block could not be written; the ledger must be opened anew. */
  EMBEDDED_HALTED: 'the channel has halted',
  /** The ledger is closed. */
  EMBEDDED_CLOSED: 'the ledger is closed',
} as const satisfies Record<string, string>;

export type EmbeddedErrorCode = keyof typeof TABLE;

/** An error of the embedded ledger. `code` is stable; the text is for people. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';

  constructor(
    readonly code: EmbeddedErrorCode,
    detail = '',
    cause?: unknown,
  ) {
    super(detail === '' ? TABLE[code] : `${TABLE[code]}: ${detail}`, { cause });
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
