// Waiting for what cannot announce itself: asking again and again, with a limit; and doing something time and again.
import type { Timers } from './clock';

export interface Patience {
  /** Pause between two questions. */
  readonly everyMs: number;
  /** When to give up. */
  readonly withinMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks until the answer is something.
 * @returns the answer, or undefined when it was still nothing at the end of the time.
 * @throws what asking throws, or the signal's reason.
 */
export async function waitFor<T>(
  timers: Pick<Timers, 'monotonic' | 'sleep'>,
  ask: () => Promise<T | undefined> | T | undefined,
  { everyMs, withinMs, signal }: Patience,
): Promise<T | undefined> {
  const begun = timers.monotonic();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || timers.monotonic() - begun >= withinMs) return answer;
    await timers.sleep(everyMs, signal);
  }
}

/** Works again and again, with a pause after each time, until the signal is aborted. @throws what the work throws. */
export async function every(
  timers: Pick<Timers, 'sleep'>,
  pauseMs: number,
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!isAborted(signal)) {
    await work();
    await timers.sleep(pauseMs, signal).catch((error: unknown) => {
      if (!isAborted(signal)) throw error;
    });
  }
}

/** Asked by a function, for the compiler does not know that a signal changes while one waits. */
const isAborted = ({ aborted }: AbortSignal): boolean => aborted;
