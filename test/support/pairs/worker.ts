// A process that runs commands when it is told to, at a given instant: two of these run a pair at once.
import { runCommandLine } from '@wattlock/gateway';
import { setTimeout as until } from 'node:timers/promises';
// Loaded by then, so that a command's own work begins at once.
import '@wattlock/embedded';
import '@wattlock/fabric-network';

export interface PairOrder {
  readonly home: string;
  readonly args: readonly string[];
  /** When to begin, in milliseconds since 1970. */
  readonly at: number;
}

/** How a command ended, and when it ran. */
export interface PairAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly began: number;
  readonly ended: number;
}

export const now = (): number => performance.timeOrigin + performance.now();

/** Runs a command line in this process, with JSON output. */
export async function runHere(home: string, args: readonly string[]): Promise<PairAnswer> {
  let stdout = '';
  const began = now();
  const code = await runCommandLine({
    args: [...args, '--output', 'json'],
    version: '0',
    environment: { WATTLOCK_HOME: home },
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: () => undefined },
  });
  return { code, stdout, began, ended: now() };
}

if (process.send !== undefined) {
  process.on('message', ({ home, args, at }: PairOrder) => {
    void until(Math.max(0, at - now()))
      .then(() => runHere(home, args))
      .then((answer) => process.send?.(answer));
  });
}
