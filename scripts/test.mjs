// Runs the whole suite on compiled output and closes with one plain line: N passed, N failed, N skipped.
// The tests of the domain run first and by themselves, under the coverage gate; `--core` runs nothing else.
// Other arguments go to mocha, which then runs once and without the gate; named files run alone.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(tmpdir(), `wattlock-test-${process.pid}.json`);
const ALL_TESTS = 'test/dist/**/*.test.js';
const CORE_TESTS = ['test/dist/unit/core/**/*.test.js', 'test/dist/property/core/**/*.test.js'];
const MOCHA = ['node_modules/mocha/bin/mocha.js'];
const CONFIGURED = [...MOCHA, '--config', 'test/.mocharc.json'];

/** Only what the domain's own tests reach counts, so they are named and nothing else is read. */
const core = [
  ...['node_modules/c8/bin/c8.js', '--config', 'test/.c8rc.json', process.execPath, ...MOCHA],
  ...['--no-config', '--forbid-only', '--timeout', '30000', '--reporter', 'test/dist/support/reporter.js'],
  ...CORE_TESTS,
];
const rest = [...CONFIGURED, ALL_TESTS, ...CORE_TESTS.flatMap((pattern) => ['--ignore', pattern])];

function runsFor(args) {
  if (args.length === 0) return [core, rest];
  if (args[0] === '--core') return [core];
  const namesFiles = args.some((arg) => arg.endsWith('.js'));
  return [[...CONFIGURED, ...(namesFiles ? [] : [ALL_TESTS]), ...args]];
}

/** Runs mocha once; a run that fails without a failed test, such as for coverage, counts as one failure. */
function run(command) {
  const env = { ...process.env, WATTLOCK_TEST_RESULTS: results };
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit', env });
  const totals = totalsOf();
  return status === 0 || totals.failed > 0 ? totals : { ...totals, failed: 1 };
}

function totalsOf() {
  try {
    return JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    process.stderr.write('the test runner ended without a result\n');
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(results, { force: true });
  }
}

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const command of runsFor(process.argv.slice(2))) {
  const each = run(command);
  for (const name of Object.keys(totals)) totals[name] += each[name];
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
