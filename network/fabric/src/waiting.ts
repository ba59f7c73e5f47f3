// Waiting: for something that announces itself by no event, and for several things at once.
import { together as allTogether, waitUntil } from '@wattlock/concurrency';
import { NetworkError } from './errors';

/**
 * Asks until the answer is yes. An exception ends the waiting.
 * @throws NetworkError NOT_READY after `limitMs` milliseconds
 */
export async function pollUntil(
  what: string,
  limitMs: number,
  ask: () => boolean | Promise<boolean>,
): Promise<void> {
  if (!(await waitUntil(ask, { withinMs: limitMs }))) {
    throw new NetworkError('NOT_READY', `Waited ${limitMs / 1000} s for ${what}`);
  }
}

/** Waits for all. @throws the first failure, a taken port before others, because it explains them and can be mended */
export const together = <T>(work: readonly Promise<T>[]): Promise<T[]> => allTogether(work, isPortInUse);

export const isPortInUse = (error: unknown): boolean =>
  error instanceof NetworkError && error.code === 'PORT_IN_USE';
