// Which operating system process stands for a process of the network, kept in one file each.
import { identify, isRunning, readIdentity, type ProcessIdentity } from '@wattlock/concurrency';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The running process of that name; undefined when none is recorded or it has ended. */
export function processRecord(folder: string, name: string): ProcessIdentity | undefined {
  const file = recordFile(folder, name);
  if (!existsSync(file)) return undefined;
  const record = readIdentity(JSON.parse(readFileSync(file, 'utf8')));
  return record !== undefined && isRunning(record) ? record : undefined;
}

export function recordProcess(folder: string, name: string, pid: number): ProcessIdentity {
  const record = identify(pid);
  const file = recordFile(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record)}\n`);
  return record;
}

export function forgetProcess(folder: string, name: string): void {
  rmSync(recordFile(folder, name), { force: true });
}

const recordFile = (folder: string, name: string): string => join(folder, 'processes', `${name}.json`);
