// A process that is killed while it brings the projection up: the file holds whole blocks, and the next one goes on.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEGS } from '@wattlock/core';
import { Projection } from '@wattlock/gateway';
import { expect } from 'chai';
import { agreed, World } from '../support/chain';
import { aLotId, anAgreement, wh } from '../support/domain';
import { contentsOf } from '../support/projection-contents';
import type { ProjectionOrder } from '../support/projection-writer';

/** Two swaps, so that half of the blocks say nothing that the others repeat. */
function aWorld(): World {
  const world = new World();
  for (const day of ['2026-01-01', '2026-01-02']) {
    const lot = world.record(aLotId(day), wh(1000));
    world.complete(anAgreement({ lots: [agreed(lot)], name: day }), [lot]);
  }
  return world;
}

/** @returns the signal that ended the process. */
async function killedIn(order: ProjectionOrder): Promise<unknown> {
  const writer = fork(join(__dirname, '../support/projection-writer.js'), { serialization: 'advanced' });
  writer.send(order);
  const [, signal] = (await once(writer, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

describe('a projection whose process is killed in the middle of a block', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wattlock-projection-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('holds nothing of that block, and all of it once when the next process goes on', async () => {
    const world = aWorld();
    const { blocks } = world.power;
    const fresh = Projection.inMemory();
    for (const leg of LEGS) fresh.apply(leg, world[leg].blocks);
    for (const dieIn of [0, 1, 3, blocks.length - 1]) {
      const file = join(folder, `${dieIn}.db`);
      expect(await killedIn({ file, leg: 'power', blocks, dieIn })).to.equal('SIGKILL');

      const projection = Projection.open(file);
      expect(projection.states().power.height).to.equal(dieIn);
      for (const leg of LEGS) projection.apply(leg, world[leg].blocks);
      expect(contentsOf(projection.view)).to.deep.equal(contentsOf(fresh.view));
      projection.close();
    }
    fresh.close();
  });
});
