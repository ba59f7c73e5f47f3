// The clock that everything reads and waits on: the machine's, or one that a test or an embedded ledger injects.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EpochMs } from '@wattlock/core';

export interface Clock {
  now(): EpochMs;
  /** Resolves when the clock has reached an instant. An injected clock is moved there. */
  until(instant: EpochMs): Promise<void>;
}

/** The longest a timer of Node takes; longer waits are made of several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Resolves when the clock has reached the instant. */
export async function reach(instant: EpochMs, now: () => EpochMs): Promise<void> {
  for (let left = instant - now(); left > 0; left = instant - now()) {
    await sleep(Math.min(left, LONGEST_TIMER_MS));
  }
}

const machineNow = (): EpochMs => Date.now() as EpochMs;

/** The machine's clock. */
export const machineClock: Clock = {
  now: machineNow,
  until: (instant) => reach(instant, machineNow),
};
