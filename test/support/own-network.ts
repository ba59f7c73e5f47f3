// A network of one suite's own, for tests that stop, break and remove it.
import { networkDown, networkStatus } from '@wattlock/fabric-network';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNoPeers } from './network';

/** Describes a suite that starts networks of its own; skipped, test by test, when there are no programs for it. */
export function onOwnNetwork(name: string, suite: (this: Mocha.Suite) => void): void {
  const reason = whyNoPeers();
  if (reason === undefined) describe(name, suite);
  else describe.skip(`${name}, skipped: ${reason}`, suite);
}

/** A folder for networks. `remove` stops what still runs below it. */
export async function networkHome(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'wattlock-own-'));
  const folder = join(home, 'network');
  const remove = async (): Promise<void> => {
    if (existsSync(folder)) await networkDown(folder, { remove: true });
    await rm(home, { recursive: true, force: true });
  };
  return { folder, remove };
}

/** Process ids of a network, as its records have them. */
export async function pidsOf(folder: string): Promise<number[]> {
  const { network } = await networkStatus(folder);
  return (network?.processes ?? []).flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
}

/** Which of these processes still run. One that has ended and is only not yet taken note of does not. */
export const running = (pids: readonly number[]): number[] =>
  pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      return !existsSync('/proc/self') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  });
