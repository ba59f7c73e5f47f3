// The command line as its users meet it: the real program in a process of its own, on a home of its own.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = require.resolve('@wattlock/gateway/bin/wattlock.js');

/** How a run ended. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** All of stdout as the one JSON document it must be. */
  json(): unknown;
}

/** The error document of a failed run in JSON. */
export interface CliErrorDocument {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
}

export class Cli {
  private constructor(readonly folder: string) {}

  /** A command line with a temporary folder, in which `home` is its home. */
  static async open(): Promise<Cli> {
    return new Cli(await mkdtemp(join(tmpdir(), 'wattlock-cli-')));
  }

  get home(): string {
    return join(this.folder, 'home');
  }

  /** Runs `wattlock` with these arguments on the home. */
  run(...args: readonly string[]): Promise<CliRun> {
    const env = { ...process.env, WATTLOCK_HOME: this.home, WATTLOCK_DEBUG: '', LC_ALL: 'C' };
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [BIN, ...args],
        { env, cwd: this.folder, timeout: 60_000 },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) as unknown });
        },
      );
    });
  }

  /** Runs with stdout going to a file or device. */
  async runInto(file: string, ...args: readonly string[]): Promise<Pick<CliRun, 'code' | 'stderr'>> {
    const out = await open(file, 'w');
    try {
      const env = { ...process.env, WATTLOCK_HOME: this.home, LC_ALL: 'C' };
      const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', out.fd, 'pipe'] });
      const said: Buffer[] = [];
      child.stderr?.on('data', (piece: Buffer) => said.push(piece));
      const [code] = (await once(child, 'close')) as [number];
      return { code, stderr: Buffer.concat(said).toString() };
    } finally {
      await out.close();
    }
  }

  /** Runs with `--output json`, expects success and gives the document. @throws Error with stderr when it failed. */
  async answer(...args: readonly string[]): Promise<unknown> {
    const run = await this.run(...args, '--output', 'json');
    if (run.code !== 0) throw new Error(`exit ${run.code}: ${run.stdout}${run.stderr}`);
    return run.json();
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
