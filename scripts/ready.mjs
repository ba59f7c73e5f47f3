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

/** Size and time of every source file by its name: cheap, and different whenever one was touched. */
function fingerprint() {
  const files = {};
  for (const path of ['package-lock.json', 'tsconfig.base.json']
    .map((file) => join(root, file))
    .concat(all())) {
    const { size, mtimeMs } = statSync(path);
    files[relative(root, path)] = `${size} ${mtimeMs}`;
  }
  return files;
}

const all = () => SOURCE_FOLDERS.flatMap((folder) => [...sources(join(root, folder))]);

/** What was built last, by {@link fingerprint}; nothing when that is unknown. */
function lastBuilt() {
  try {
    return JSON.parse(readFileSync(buildStamp, 'utf8'));
  } catch {
    return {};
  }
}

/** The compiler leaves what it made of files that are gone: Node would find those, and the tests run them. */
function removeOutputs() {
  for (const folder of SOURCE_FOLDERS.map((name) => join(root, name))) {
    for (const at of [folder, ...subfolders(folder)])
      rmSync(join(at, 'dist'), { recursive: true, force: true });
  }
}

const subfolders = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

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
const last = lastBuilt();
if (JSON.stringify(last) !== JSON.stringify(before)) {
  rmSync(buildStamp, { force: true });
  const kept = Object.keys(last);
  if (kept.length === 0 || kept.some((file) => !(file in before))) removeOutputs();
  step('building', 'npm', ['run', '--silent', 'build']);
  writeFileSync(buildStamp, JSON.stringify(before));
}
