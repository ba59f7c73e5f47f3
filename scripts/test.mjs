// Runs the whole suite on compiled output and closes with one plain line: N passed, N failed, N skipped.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(tmpdir(), `wattlock-test-${process.pid}.json`);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/mocha/bin/mocha.js', '--config', 'test/.mocharc.json', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, WATTLOCK_TEST_RESULTS: results } },
);

let totals = { passed: 0, failed: 1, skipped: 0 };
try {
  totals = JSON.parse(readFileSync(results, 'utf8'));
} catch {
  process.stderr.write('the test runner ended without a result\n');
} finally {
  rmSync(results, { force: true });
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = status === 0 && totals.failed === 0 ? 0 : 1;
