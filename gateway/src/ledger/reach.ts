// Waits for an instant on a clock that goes by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EpochMs } from '@wattlock/core';

/** The longest a timer of Node takes; longer waits are made of several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Resolves when the clock has reached the instant. */
export async function reach(instant: EpochMs, now: () => EpochMs): Promise<void> {
  for (let left = instant - now(); left > 0; left = instant - now()) {
    await sleep(Math.min(left, LONGEST_TIMER_MS));
  }
}
