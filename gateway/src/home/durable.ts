// Making files last: what was written is on disk before something else is said to rest on it.
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Flushes a file, or a folder's own entries. Source: fsync(2), which a new name needs on its folder as well. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Flushes everything below a folder, then the folder. */
export async function flushTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? flushTree(path) : flush(path));
  }
  await flush(folder);
}
