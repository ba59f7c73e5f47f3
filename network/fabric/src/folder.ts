// The folder that holds a network: one command at a time works on it, and removing it takes only what is ours.
import { mkdir, open, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NETWORK_FILE, readSaved } from './description';
import { NetworkError } from './errors';
import { isRunning, recordOf, type ProcessRecord } from './process-record';

const LOCK_FILE = 'network.lock';
const OURS = [
  'channels',
  'chaincode',
  'logs',
  'orderers',
  'organisations',
  'peers',
  'processes',
  NETWORK_FILE,
  `${NETWORK_FILE}.new`,
];

/** Makes sure that a folder is a network's or may become one. @throws NetworkError FOLDER_NOT_EMPTY */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (readSaved(folder) !== undefined) return;
  const foreign = (await readdir(folder)).filter((name) => name !== LOCK_FILE && !OURS.includes(name));
  if (foreign.length > 0) {
    throw new NetworkError('FOLDER_NOT_EMPTY', `${folder} is not empty and holds no network`);
  }
}

/** Removes a network's files, and the folder if nothing else is in it. */
export async function removeNetworkFiles(folder: string): Promise<void> {
  for (const name of OURS) await rm(join(folder, name), { recursive: true, force: true });
}

/** Removes the folder itself, when it is empty. */
export async function removeFolder(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

/**
 * Does something while no other command does. A lock whose holder has ended does not count.
 * @throws NetworkError NETWORK_ALREADY_UP when another command is at work
 */
export async function whileLocked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, LOCK_FILE);
  await acquire(folder, file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(folder: string, file: string): Promise<void> {
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(JSON.stringify(recordOf(process.pid)));
      await handle.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder !== undefined && isRunning(holder)) {
      throw new NetworkError(
        'NETWORK_ALREADY_UP',
        `Another command (process ${holder.pid}) works on ${folder}`,
      );
    }
    await rm(file, { force: true });
  }
}

async function readHolder(file: string): Promise<ProcessRecord | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProcessRecord;
  } catch {
    return undefined; // gone, or its writer died before it wrote
  }
}
