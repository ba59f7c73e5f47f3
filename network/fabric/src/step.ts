// Running one program to its end, with a limit, and saying what it printed when it fails.
import { execFile } from 'node:child_process';
import { NetworkError } from './errors';
import { lastLines } from './log';
import { baseEnvironment } from './process';

export interface Step {
  /** What it is for, as a reader would say it. */
  readonly label: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path. */
  readonly cwd: string;
}

const STEP_LIMIT_MS = 60_000;
const OUTPUT_LIMIT = 2 ** 24;

/** @returns what the program printed, both streams. @throws NetworkError STEP_FAILED with its last lines */
export function runStep({ label, program, args, environment, cwd }: Step): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: { ...baseEnvironment(), ...environment },
      timeout: STEP_LIMIT_MS,
      maxBuffer: OUTPUT_LIMIT,
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = `${stdout}\n${stderr}`;
      if (error === null) resolve(output);
      else reject(new NetworkError('STEP_FAILED', `${label} failed`, lastLines(output)));
    });
  });
}
