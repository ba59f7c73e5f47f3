// The reference pages are made from tables; a change to a table that leaves its page behind fails here.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..', '..', '..');

describe('the reference pages', function () {
  this.timeout(30_000);

  it('say what the tables say', () => {
    const script = join(ROOT, 'scripts', 'reference.mjs');
    execFileSync(process.execPath, [script, '--check'], { cwd: ROOT, stdio: 'pipe' });
  });
});
