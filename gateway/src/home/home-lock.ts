// One command at a time makes a home, or changes what it consists of; the next one waits for it, or says who is at work.
import { mkdir } from 'node:fs/promises';
import { FolderLockedError, withFolderLock, type LockHolder } from '@wattlock/concurrency';
import { HomeError } from './home-error';
import { unusable } from './settings';

const LOCK_FILE = 'home.lock';

/** Longer than a network takes to start on a slow machine. */
const WAIT_MS = 120_000;

/** What to do while another process is in the way. */
export interface Waiting {
  /** How long to wait for it, in milliseconds. */
  readonly waitMs?: number;
  /** Called once before waiting, with one line. */
  readonly onWait?: (line: string) => void;
}

/** Works in a home alone, making its folder if there is none. @throws HomeError HOME_BUSY, HOME_UNUSABLE */
export async function withHomeLock<T>(
  folder: string,
  work: () => Promise<T>,
  { waitMs = WAIT_MS, onWait }: Waiting = {},
): Promise<T> {
  const lock = { isHeld: false };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const held = (): Promise<T> => {
      lock.isHeld = true;
      return work();
    };
    return await withFolderLock(folder, LOCK_FILE, held, {
      waitMs,
      onWait: ({ pid }: LockHolder) => onWait?.(`waiting for process ${pid}, which works on ${folder}`),
    });
  } catch (error) {
    if (lock.isHeld) throw error;
    if (error instanceof FolderLockedError) throw new HomeError('HOME_BUSY', error.message, error);
    throw unusable(folder, error);
  }
}
