// The command line in this process, for what needs neither a home nor a ledger.
import { runCommandLine } from '@wattlock/gateway';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs these arguments with a home that is not there. */
export function runLine(...args: readonly string[]): Promise<Outcome> {
  return runLineWith({}, ...args);
}

/** The same with variables of the environment. */
export async function runLineWith(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
    },
  });
  const code = await runCommandLine({
    args,
    version: '0.0.0',
    environment: { WATTLOCK_HOME: '/nonexistent/wattlock', ...environment },
    stdout: sink('stdout'),
    stderr: sink('stderr'),
  });
  return { code, ...written };
}
