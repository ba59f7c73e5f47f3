// Waiting for something that announces itself by no event: ask again, up to a limit.
import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  readonly withinMs: number;
  /** Pause between two questions; default 25 ms. */
  readonly everyMs?: number;
}

const EVERY_MS = 25;

/**
 * Asks at least once, until the answer is yes. An exception ends the waiting.
 * @returns whether it became true within the time
 */
export async function waitUntil(
  ask: () => boolean | Promise<boolean>,
  { withinMs, everyMs = EVERY_MS }: Patience,
): Promise<boolean> {
  const limit = performance.now() + withinMs;
  while (!(await ask())) {
    if (performance.now() >= limit) return false;
    await pause(everyMs);
  }
  return true;
}
