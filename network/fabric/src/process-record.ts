// Which operating system process stands for a process of the network, kept in one file each.
// A process id may be given to another program later: the record also holds when ours started.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface ProcessRecord {
  readonly pid: number;
  /** Boot and start time as the kernel counts them; absent where there is no /proc. */
  readonly started?: string;
}

/** The running process of that name; undefined when none is recorded or it has ended. */
export function processRecord(folder: string, name: string): ProcessRecord | undefined {
  const file = recordFile(folder, name);
  if (!existsSync(file)) return undefined;
  const record = JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
  return isRunning(record) ? record : undefined;
}

export function recordProcess(folder: string, name: string, pid: number): ProcessRecord {
  const record = recordOf(pid);
  const file = recordFile(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record)}\n`);
  return record;
}

/** What identifies a process that runs now. */
export function recordOf(pid: number): ProcessRecord {
  const started = startOf(pid);
  return started === undefined ? { pid } : { pid, started };
}

export function forgetProcess(folder: string, name: string): void {
  rmSync(recordFile(folder, name), { force: true });
}

/** Whether the very process that was recorded still runs. */
export function isRunning({ pid, started }: ProcessRecord): boolean {
  if (hasProc()) return started !== undefined && startOf(pid) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const recordFile = (folder: string, name: string): string => join(folder, 'processes', `${name}.json`);
const hasProc = (): boolean => existsSync('/proc/self/stat');

/**
 * Source: proc(5), /proc/PID/stat: field 3 is the state, 20 the number of threads, 22 the start time in ticks since
 * boot. A killed process whose first thread is gone still holds its ports while others of its threads end.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, threads, startTicks] = [fields[0], Number(fields[17]), fields[19]];
    if (startTicks === undefined || (state === 'Z' && threads <= 1)) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startTicks}`;
  } catch {
    return undefined;
  }
}
