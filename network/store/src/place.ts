// Looks at a path before SQLite does, because SQLite says only "unable to open" of whatever is wrong with it.
import { accessSync, constants, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './errors';
import { explain } from './explain';

/** Whether a file can be made or written here. @throws StoreError STORE_WRONG_PLACE, STORE_READONLY, STORE_NO_ACCESS */
export function checkWritable(file: string): void {
  const folder = dirname(file);
  if (!at(folder, file)?.isDirectory()) {
    throw new StoreError('STORE_WRONG_PLACE', file, `there is no folder ${folder}`);
  }
  mayWrite(folder, file);
  const found = at(file, file);
  if (found === undefined) return;
  refuseFolder(found, file);
  mayWrite(file, file);
}

/** Whether there is a file to read. @throws StoreError STORE_WRONG_PLACE, STORE_MISSING, STORE_NO_ACCESS */
export function checkReadable(file: string): void {
  const found = at(file, file);
  if (found === undefined) throw new StoreError('STORE_MISSING', file);
  refuseFolder(found, file);
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw explain(file, error);
  }
}

function at(path: string, file: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw explain(file, error);
  }
}

function refuseFolder(found: Stats, file: string): void {
  if (found.isDirectory()) throw new StoreError('STORE_WRONG_PLACE', file, 'it is a folder');
}

function mayWrite(path: string, file: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new StoreError('STORE_READONLY', file, `${path} is not writable`, error);
  }
}
