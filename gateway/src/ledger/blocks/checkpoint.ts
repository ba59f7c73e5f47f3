// Where blocks are read from, and how far somebody has read them.

/**
 * The blocks of one channel as somebody may read them: an organisation's client, or a ledger file opened for reading.
 * No key is needed where the source needs none.
 */
export interface BlockSource {
  /** Number of blocks that there are. @throws LedgerError */
  height(): Promise<number>;
  /** The same with the last block's hash, of a source that tells it for no more. */
  head?(): Promise<Checkpoint>;
  /** Fabric's common.Block bytes from a number on; ends at `until` (exclusive) or when aborted. @throws LedgerError */
  blocks(
    from: number,
    options?: { readonly until?: number; readonly signal?: AbortSignal },
  ): AsyncIterable<Uint8Array>;
}

/** How far a reader has come: to be kept with the effect of what it read, in one transaction. */
export interface Checkpoint {
  /** Number of blocks read; the next one to read has this number. */
  readonly height: number;
  /** SHA-256 of the last block's header, lower-case hex; empty before the first block. */
  readonly head: string;
}

/** Before the first block. */
export const START: Checkpoint = { height: 0, head: '' };
