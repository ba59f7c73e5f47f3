// What the launcher leaves when something goes wrong: nothing, and a reason.
import { expect } from 'chai';
import { networkDown, networkStatus, networkUp } from '@wattlock/fabric-network';
import { chaincodesToDeploy } from '@wattlock/gateway';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { networkHome, onOwnNetwork, pidsOf, running } from '../support/own-network';
import { failureOf } from '../support/rejection';

onOwnNetwork('a network that cannot come up', function () {
  this.timeout(60_000);
  let home: { folder: string; remove: () => Promise<void> };
  let folder: string;
  beforeEach(async () => {
    home = await networkHome();
    ({ folder } = home);
  });
  afterEach(() => home.remove());

  it('is refused in a folder that holds something else, which stays as it is', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'letter.txt'), 'dear reader\n');
    expect(await failureOf(networkUp({ folder, chaincodes: [] }))).to.include({ code: 'FOLDER_NOT_EMPTY' });
    expect(readdirSync(folder)).to.deep.equal(['letter.txt']);
    await rm(folder, { recursive: true });
  });

  it('is refused where a file is in the way', async () => {
    const file = join(folder, '..', 'file');
    await writeFile(file, '');
    for (const place of [file, join(file, 'network')]) {
      const error = await failureOf(networkUp({ folder: place, chaincodes: [] }));
      expect(error).to.include({ code: 'FOLDER_UNUSABLE' });
    }
    expect(await failureOf(networkDown(file))).to.include({ code: 'FOLDER_UNUSABLE' });
  });

  it("leaves nothing when a chaincode server ends, and shows the server's last lines", async () => {
    const serverModule = join(folder, '..', 'server.js');
    await writeFile(serverModule, 'console.error("no licence"); process.exit(1);\n');
    const deployment = { name: 'power-info', channel: 'power', serverModule };
    const error = await failureOf(networkUp({ folder, chaincodes: [deployment] }));
    expect(error)
      .to.include({ code: 'PROCESS_FAILED' })
      .and.to.deep.include({ details: ['no licence'] });
    expect(existsSync(folder)).to.equal(false);
  });

  it('waits for another command that brings it up at the same time, and finds it up', async () => {
    const pids = new Set<number>();
    const both = await Promise.all([runUp(folder), runUp(folder)]);
    for (const { stages, state } of both) {
      expect(state).to.equal('up');
      for (const pid of await pidsOf(folder)) pids.add(pid);
      expect(stages).to.have.length.greaterThan(0);
    }
    const waited = both.filter(({ stages }) => stages[0]?.startsWith('Waiting for another command'));
    expect(waited.map(({ stages }) => stages.length)).to.deep.equal([1]);
    expect(pids.size).to.equal(4);
  });

  it('is cleared away after the command that made it was killed', async () => {
    const pids = await startAndKill(folder);
    expect(running(pids)).to.have.length.greaterThan(0);
    expect((await networkStatus(folder)).state).to.equal('partial');
    await networkDown(folder, { remove: true });
    expect(running(pids)).to.deep.equal([]);
    expect(existsSync(folder)).to.equal(false);
  });

  it('stays down, and says which port it needs, when another program has taken it', async () => {
    await networkUp({ folder, chaincodes: [] });
    await networkDown(folder);
    const { operationsAddress } = orderersOf(folder);
    const other = createServer().listen(Number(operationsAddress.split(':')[1]), '127.0.0.1');
    await once(other, 'listening');
    const error = await failureOf(networkUp({ folder, chaincodes: [] }));
    other.close();
    expect(error).to.include({ code: 'PORT_IN_USE' });
    expect(error.message).to.contain('orderer1');
    expect((await networkStatus(folder)).state).to.equal('down');
  });
});

function orderersOf(folder: string): { operationsAddress: string } {
  const { orderers } = JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8')) as {
    orderers: { operationsAddress: string }[];
  };
  const [first] = orderers;
  if (first === undefined) throw new Error('no orderer');
  return first;
}

/** Runs `networkUp` in a process of its own to its end. */
async function runUp(
  folder: string,
): Promise<{ readonly stages: readonly string[]; readonly state: string }> {
  const child = upIn(folder, { chaincodes: [], keepIfUp: true });
  const stages: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) stages.push(line);
  return { stages, state: (await networkStatus(folder)).state };
}

/** A process that does nothing but bring a network up, telling its stages. */
function upIn(folder: string, options: object): ChildProcessByStdio<null, Readable, null> {
  const program = `require(${JSON.stringify(require.resolve('@wattlock/fabric-network'))}).networkUp({
    ...${JSON.stringify({ folder, ...options })},
    onProgress: (line) => console.log(line),
  })`;
  return spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Runs `networkUp` in a process of its own and kills it while the network's processes start. */
async function startAndKill(folder: string): Promise<number[]> {
  const child = upIn(folder, { chaincodes: chaincodesToDeploy() });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('Defining')) break;
  }
  const pids = await pidsOf(folder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return pids;
}
