// A process of its own that opens a file of notes as a user without rights on it, and prints what became of that as JSON.
// Root may do everything, so a test that runs as root gives its rights up here, for good and after all code is loaded.
import { openReader, openStore, StoreError } from '@wattlock/store';
import { NOTES, textsOf, type Visit } from './store';

/** Any user number but the tests' own. */
const NOBODY = 65534;

function visit(way: string, file: string): Visit {
  try {
    if (way === 'write') openStore(file, NOTES).close();
    const reader = openReader(file, NOTES);
    const texts = reader.read(textsOf);
    reader.close();
    return { texts };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { code: error.code, kind: error.kind };
  }
}

if (require.main === module) {
  const [, , way = 'read', file = ''] = process.argv;
  if (process.getuid?.() === 0) {
    process.setgroups?.([]);
    process.setgid?.(NOBODY);
    process.setuid?.(NOBODY);
  }
  process.stdout.write(JSON.stringify(visit(way, file)));
}
