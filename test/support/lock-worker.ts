// A process that takes a folder lock when it is told to, for tests of locks between processes.
// It answers `alone`, or `not alone` when another was inside at the same time; told to `hold`, it answers and stays inside.
import { withFolderLock } from '@wattlock/concurrency';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

export interface LockOrder {
  readonly folder: string;
  readonly waitMs: number;
  readonly hold?: boolean;
}
export type LockAnswer = 'alone' | 'not alone' | 'locked';

process.on('message', ({ folder, waitMs, hold = false }: LockOrder) => {
  const answer = withFolderLock(folder, 'test.lock', () => inside(folder, hold), { waitMs });
  void answer.catch((): LockAnswer => 'locked').then((text) => process.send?.(text));
});

async function inside(folder: string, hold: boolean): Promise<LockAnswer> {
  if (hold) {
    process.send?.('alone');
    await new Promise(() => undefined);
  }
  const mark = join(folder, 'inside');
  try {
    writeFileSync(mark, '', { flag: 'wx' });
  } catch {
    return 'not alone';
  }
  await turn();
  rmSync(mark);
  return 'alone';
}
