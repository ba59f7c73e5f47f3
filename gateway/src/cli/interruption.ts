// Ctrl-C and its like: a command that can stop is told and has its answer; any other is left where it is, and says how
// to go on. Everything that a command does is either done or not, so being left is no harm.
import { CliError } from './cli-error';
import type { Command } from './command';

/**
 * The work's result, or the interruption as soon as it comes.
 * @throws CliError INTERRUPTED, while the work goes on until the process ends
 */
export async function unlessInterrupted<T>(
  { stops, afterInterruption }: Pick<Command, 'stops' | 'afterInterruption'>,
  signal: AbortSignal,
  work: Promise<T>,
): Promise<T> {
  if (stops) return work;
  let end: () => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    end = () => {
      reject(new CliError('INTERRUPTED', undefined, afterInterruption));
    };
    signal.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A signal that is aborted by the first signal of the system; the second one ends the process. */
export function interruptionOf(process: NodeJS.Process, exitCode: number): AbortSignal {
  const abort = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (abort.signal.aborted) process.exit(exitCode);
      abort.abort(new Error(`received ${name}`));
    });
  }
  return abort.signal;
}
