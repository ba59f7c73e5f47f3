// Waiting for something that announces itself by no event: ask again, until a limit.
import { setTimeout as pause } from 'node:timers/promises';
import { NetworkError } from './errors';

const INTERVAL_MS = 25;

/**
 * Asks until the answer is yes. An exception ends the waiting.
 * @throws NetworkError NOT_READY after `limitMs` milliseconds
 */
export async function pollUntil(what: string, limitMs: number, ask: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + limitMs;
  while (!(await ask())) {
    if (performance.now() > limit) {
      throw new NetworkError('NOT_READY', `Waited ${limitMs / 1000} s for ${what}`);
    }
    await pause(INTERVAL_MS);
  }
}
