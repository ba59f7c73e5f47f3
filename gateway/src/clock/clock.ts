// Time as everything here reads it and waits on it. One port with two forms: the machine's, and one moved by hand, in
// which a test or a simulation decides what time it is and which pause has ended.
import type { EpochMs } from '@wattlock/core';

/** Forgets what was to be done. */
export type Cancel = () => void;

/** Durations and pauses of a process. They have nothing to do with dates, and never go back. */
export interface Timers {
  /** Milliseconds since some fixed instant: for the length of things. */
  monotonic(): number;
  /** Resolves after a pause. @throws the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Does something once, after a pause, unless it is cancelled before. */
  after(ms: number, work: () => void): Cancel;
}

export interface Clock extends Timers {
  now(): EpochMs;
  /**
   * Resolves when the clock has reached an instant. A ledger's clock that is moved by hand is moved there.
   * @throws the signal's reason as soon as it is aborted.
   */
  until(instant: EpochMs, signal?: AbortSignal): Promise<void>;
}

/** The longest pause that a timer of Node takes; longer waits are made of several. */
const LONGEST_PAUSE_MS = 2 ** 31 - 1;

/** Resolves when `now` has reached the instant: timers can be early, and clocks are set. */
export async function reach(
  instant: EpochMs,
  clock: Pick<Clock, 'now' | 'sleep'>,
  signal?: AbortSignal,
): Promise<void> {
  for (let left = instant - clock.now(); left > 0; left = instant - clock.now()) {
    await clock.sleep(Math.min(left, LONGEST_PAUSE_MS), signal);
  }
}

/** A pause made of a timer, which an aborted signal ends at once. */
export function pause(timers: Pick<Timers, 'after'>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      cancel();
      reject(signal?.reason as Error);
    };
    const cancel = timers.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}
