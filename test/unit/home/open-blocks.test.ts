// The blocks of a home's channels, opened without a key: beside the process that writes them, and where only reading is allowed.
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { LEGS } from '@wattlock/core';
import {
  configureHome,
  initHome,
  openBlockSources,
  openPlatform,
  parseBlock,
  type BlockSource,
  type Home,
  type Layout,
} from '@wattlock/gateway';
import { TEST_LIMITS } from '../../support/limits';
import { failureOf } from '../../support/rejection';

describe('the blocks of a home', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wattlock-blocks-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  for (const layout of ['one-file', 'file-per-channel'] as const satisfies Layout[]) {
    it(`are those that its ledger shows, while that is open (${layout})`, async () => {
      const home = await initHome(folder, { layout, limits: TEST_LIMITS });
      const platform = await openPlatform(home, 'embedded');
      await configureHome(home, platform);
      const blocks = await openBlockSources(home, 'embedded');
      for (const leg of LEGS) {
        const ledger = platform.as('certifier')[leg];
        const until = await ledger.height();
        expect(await blocks[leg].height()).to.equal(until);
        expect(await bytesOf(blocks[leg], 1, until)).to.deep.equal(await bytesOf(ledger, 1, until));
      }
      expect(blocks.readAs).to.deep.equal({ power: null, certificate: null });
      await blocks.close();
      await platform.close();
    });
  }

  it('are read from a copy without its keys, in which nothing may be written', async () => {
    const home = await initHome(folder, { limits: TEST_LIMITS });
    const platform = await openPlatform(home, 'embedded');
    await configureHome(home, platform);
    await platform.close();
    const copy = join(folder, 'copy');
    await cp(join(folder, 'ledger'), join(copy, 'ledger'), { recursive: true });
    await chmod(join(copy, 'ledger'), 0o500);
    const blocks = await openBlockSources({ folder: copy, layout: home.layout }, 'embedded');
    const [first] = await bytesOf(blocks.power, 0);
    expect(parseBlock(first as Uint8Array).number).to.equal(0);
    await blocks.close();
    await chmod(join(copy, 'ledger'), 0o700);
  });

  it('are not made where there are none', async () => {
    const home = await initHome(folder);
    expect(await failureOf(openBlockSources(home, 'embedded'))).to.include({ code: 'PLATFORM_DOWN' });
    expect(await failureOf(openBlockSources(home, 'fabric'))).to.include({ code: 'PLATFORM_DOWN' });
  });

  it('end when reading is aborted', async () => {
    const home: Home = await initHome(folder);
    const platform = await openPlatform(home, 'embedded');
    await configureHome(home, platform);
    await platform.close();
    const blocks = await openBlockSources(home, 'embedded');
    const abort = new AbortController();
    const seen: Uint8Array[] = [];
    for await (const block of blocks.power.blocks(0, { signal: abort.signal })) {
      seen.push(block);
      abort.abort();
    }
    expect(seen).to.have.length(1);
    await blocks.close();
  });
});

async function bytesOf(source: BlockSource, from: number, until?: number): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const block of source.blocks(from, until === undefined ? {} : { until })) {
    found.push(Uint8Array.from(block));
  }
  return found;
}
