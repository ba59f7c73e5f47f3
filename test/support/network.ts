// The one network of real peers of a test run: started when a suite first needs it, removed when the run has ended.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrograms, networkDown, networkUp } from '@wattlock/fabric-network';
import { chaincodesToDeploy, openFabricNetwork, type Platform } from '@wattlock/gateway';

/** Why suites cannot run on real peers here; undefined when they can. */
export function whyNoPeers(): string | undefined {
  if (process.env['WATTLOCK_TEST_LEDGER'] === 'embedded') return 'WATTLOCK_TEST_LEDGER is embedded';
  const search = findPrograms();
  return search.found ? undefined : search.advice;
}

let folder: string | undefined;
let platform: Promise<Platform> | undefined;

/** Where the run's network is kept. @throws Error before {@link realPeers} has started it. */
export function realNetwork(): string {
  if (folder === undefined) throw new Error('no network is up');
  return folder;
}

/** The run's network, with the clients of all three organisations. */
export function realPeers(): Promise<Platform> {
  platform ??= start();
  return platform;
}

async function start(): Promise<Platform> {
  folder = await mkdtemp(join(tmpdir(), 'wattlock-network-'));
  await networkUp({ folder, orderers: 1, chaincodes: chaincodesToDeploy() });
  return openFabricNetwork(folder);
}

after(async function () {
  this.timeout(60_000);
  const opened = await platform?.catch(() => undefined);
  await opened?.close();
  if (folder === undefined) return;
  await networkDown(folder, { remove: true }).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});
