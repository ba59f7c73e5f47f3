// A process that fills a projection's file and kills itself in the middle of a block, after the first of the block's
// transactions was applied; for fault tests. It is told the file, the blocks, and where to die.
import type { Leg } from '@wattlock/core';
import { Projection, type BlockFacts } from '@wattlock/gateway';

/** First message from the parent. */
export interface ProjectionOrder {
  readonly file: string;
  readonly leg: Leg;
  readonly blocks: readonly BlockFacts[];
  /** The block in which it dies. */
  readonly dieIn: number;
}

process.once('message', ({ file, leg, blocks, dieIn }: ProjectionOrder) => {
  const projection = Projection.open(file);
  for (const block of blocks) {
    projection.apply(leg, [block.number === dieIn ? deadly(block) : block]);
  }
});

/** The block with one more transaction, which nobody survives. */
function deadly(block: BlockFacts): BlockFacts {
  const [first] = block.transactions;
  if (first === undefined) throw new Error('a block without a transaction');
  const last = {
    ...first,
    get valid(): boolean {
      process.kill(process.pid, 'SIGKILL');
      return true;
    },
  };
  return { ...block, transactions: [...block.transactions, last] };
}
