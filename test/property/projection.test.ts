// The stored projection is a function of the blocks: whichever way they come in, batch by batch and channel by channel,
// it holds the same records, sums and findings in the end.
import { LEGS, type Leg } from '@wattlock/core';
import { Projection } from '@wattlock/gateway';
import { expect } from 'chai';
import fc from 'fast-check';
import type { World } from '../support/chain';
import { anyHistory, anyInterleaving, worldOf } from '../support/histories';
import { contentsOf } from '../support/projection-contents';

const RUNS = 150;

/** What a projection holds after some way of filling it. */
function filled(fill: (projection: Projection) => void): object {
  const projection = Projection.inMemory();
  try {
    fill(projection);
    return contentsOf(projection.view);
  } finally {
    projection.close();
  }
}

/** Everything is checked once, when all of it is there. */
const atOnce = (world: World): object =>
  filled((projection) => {
    for (const leg of LEGS) projection.apply(leg, world[leg].blocks);
  });

/** What a block touched is checked when it comes in, some of it again, in the order of the interleaving. */
const blockByBlock = (world: World, order: readonly Leg[]): object =>
  filled((projection) => {
    const next = { power: 0, certificate: 0 };
    for (const leg of [...order, ...LEGS.flatMap((each) => world[each].blocks.map(() => each))]) {
      const block = world[leg].blocks[next[leg]++];
      if (block !== undefined) projection.apply(leg, [block]);
    }
  });

describe('the projection of both channels', function () {
  this.timeout(120_000);

  it('holds the same whether blocks come at once or one by one, in any order of the channels', () => {
    fc.assert(
      fc.property(anyHistory, anyInterleaving, (history, order) => {
        const world = worldOf(history);
        expect(blockByBlock(world, order)).to.deep.equal(atOnce(world));
      }),
      { numRuns: RUNS },
    );
  });

  it('takes no block twice', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const world = worldOf(history);
        const twice = filled((projection) => {
          for (const leg of [...LEGS, ...LEGS]) projection.apply(leg, world[leg].blocks);
        });
        expect(twice).to.deep.equal(atOnce(world));
      }),
      { numRuns: RUNS / 5 },
    );
  });
});
