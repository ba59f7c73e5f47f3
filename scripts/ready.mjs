// Installs and builds what is missing, so that `npm run demo` and `npm test` work in a fresh clone.
// Uses Node alone: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCE_FOLDERS = ['chaincode', 'network', 'gateway', 'test', 'scripts'];
const SOURCE_FILE = /\.(ts|json|mjs)$/;
const NOT_SOURCE = new Set(['node_modules', 'dist', 'coverage']);

/** Every file whose change asks for a new build. */
function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!NOT_SOURCE.has(entry.name)) yield* sources(path);
    } else if (SOURCE_FILE.test(entry.name)) {
      yield path;
    }
  }
}

/** One digest over names, sizes and times: cheap, and different whenever a source file was touched. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'tsconfig.base.json']) hash.update(readFileSync(join(root, file)));
  for (const folder of SOURCE_FOLDERS) {
    for (const path of sources(join(root, folder))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${relative(root, path)}\0${size}\0${mtimeMs}\0`);
    }
  }
  return hash.digest('hex');
}

/** Runs one step with its output on stderr, because stdout belongs to the command that follows. */
function step(label, command, args) {
  process.stderr.write(`${label} ...\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write(`${label} failed; run \`${[command, ...args].join(' ')}\` to see why\n`);
    process.exit(status ?? 1);
  }
}

const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const readOr = (path, otherwise) => (existsSync(path) ? readFileSync(path, 'utf8') : otherwise);

const installStamp = join(root, 'node_modules', '.wattlock-install');
const buildStamp = join(root, '.build-stamp');

if (readOr(installStamp, '') !== lockDigest()) {
  rmSync(buildStamp, { force: true });
  step('installing dependencies', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installStamp, lockDigest());
}
const before = fingerprint();
if (readOr(buildStamp, '') !== before) {
  step('building', 'npm', ['run', '--silent', 'build']);
  writeFileSync(buildStamp, before);
}
