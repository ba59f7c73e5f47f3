// Following a channel by its blocks, from wherever a reader stands. What must not be missed is followed here and never
// listed: a peer cuts a long range without a sign, blocks have no gap.
import type { BlockSource, Checkpoint } from './checkpoint';
import { readFacts, type BlockFacts } from './facts';

export interface FollowOptions {
  /** Ends before this block; default never, so that it waits for blocks to come. */
  readonly until?: number;
  readonly signal?: AbortSignal;
  /** Blocks whose bytes hold none of these words are left out unread; default none is. A record's key stands in its block as it is. */
  readonly mentioning?: readonly string[];
}

/**
 * The blocks of a channel from a checkpoint on, in order and each once. Whether the first follows from the checkpoint,
 * and each from the one before, is for the reader to judge by `previousHash`.
 * @throws LedgerError when the source does not answer
 */
export async function* follow(
  source: BlockSource,
  { height }: Pick<Checkpoint, 'height'>,
  { mentioning, ...options }: FollowOptions = {},
): AsyncIterable<BlockFacts> {
  for await (const bytes of source.blocks(height, options)) {
    if (mentioning === undefined || mentions(bytes, mentioning)) yield readFacts(bytes);
  }
}

function mentions(bytes: Uint8Array, words: readonly string[]): boolean {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return words.some((word) => block.includes(word));
}
