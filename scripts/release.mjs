// Makes a release: npm packages with types, chaincode packages for `peer lifecycle chaincode install` with their ids,
// and the release notes. All is made twice alike and tried in an empty folder first. Publishing is left to people.
// Usage: npm run release                  into release/VERSION
//        npm run release -- --dry-run     into a folder that is removed again
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packFolder } from './pack-chaincode.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packages for npm: folders whose `dist` is what others import. */
const LIBRARIES = ['chaincode/core'];
/** Packages for peers. */
const CHAINCODES = ['power-info', 'certificate'];

/** What a package's manifest says to those who install it; the rest is for working in this repository. */
const PUBLISHED_FIELDS = [
  'name',
  'version',
  'description',
  'license',
  'engines',
  'main',
  'types',
  'dependencies',
];

const manifestOf = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const say = (line) => process.stdout.write(`${line}\n`);

class ReleaseFault extends Error {}

/** The version that every package bears. */
function releaseVersion() {
  const { version, workspaces } = manifestOf('.');
  const other = workspaces.find((folder) => manifestOf(folder).version !== version);
  if (other !== undefined) throw new ReleaseFault(`${other} is not of version ${version}`);
  return version;
}

/** What changed since the last release: the section Unreleased of the changelog. */
function releaseNotes(version) {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  if (changelog.includes(`\n## [${version}]`)) throw new ReleaseFault(`CHANGELOG.md has ${version} already`);
  const [, notes = ''] = /\n## \[Unreleased\]\n(.*?)(?=\n## \[|$)/s.exec(changelog) ?? [];
  if (notes.trim() === '') throw new ReleaseFault('CHANGELOG.md has nothing under Unreleased');
  return `# wattlock ${version}\n\n${notes.trim()}\n`;
}

/** Packs a library: compiled code and types, the licence, and a manifest without what only this repository needs. */
function packLibrary(folder, output) {
  const stage = mkdtempSync(join(tmpdir(), 'wattlock-stage-'));
  try {
    const manifest = manifestOf(folder);
    const published = PUBLISHED_FIELDS.filter((field) => field in manifest).map((field) => [
      field,
      manifest[field],
    ]);
    writeFileSync(
      join(stage, 'package.json'),
      `${JSON.stringify(Object.fromEntries(published), undefined, 2)}\n`,
    );
    cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));
    const dist = join(root, folder, 'dist');
    for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
      if (/\.(js|d\.ts)$/.test(file)) cpSync(join(dist, file), join(stage, 'dist', file));
    }
    const packed = npm(['pack', '--json', '--offline', '--pack-destination', output], stage);
    return JSON.parse(packed)[0].filename;
  } finally {
    rmSync(stage, { recursive: true });
  }
}

/** Packs a chaincode. @returns its file and its package id */
function packChaincode(name, output) {
  const { id, label, bytes } = packFolder(name);
  const file = `${label}.tar.gz`;
  writeFileSync(join(output, file), bytes);
  return { file, id };
}

/** Installs libraries as others would, without a network, and uses each from JavaScript and from TypeScript. */
function tryLibraries(files, output) {
  inEmptyFolder((folder) => {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    npm(['install', ...quiet, ...files.map((file) => join(output, file))], folder);
    for (const { name } of LIBRARIES.map(manifestOf)) {
      node(
        ['-e', `if (Object.keys(require('${name}')).length === 0) throw new Error('it exports nothing')`],
        folder,
      );
      writeFileSync(
        join(folder, 'use.ts'),
        `import * as library from '${name}';\nexport const size: number = Object.keys(library).length;\n`,
      );
      const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const strictly = [
        '--strict',
        '--noEmit',
        '--module',
        'nodenext',
        '--target',
        'es2023',
        '--types',
        'node',
      ];
      node([compiler, ...strictly, '--typeRoots', join(root, 'node_modules', '@types'), 'use.ts'], folder);
    }
  });
}

/** Unpacks a chaincode as a peer's builder does, and loads its contracts beside the dependencies that are here. */
function tryChaincode(file, output) {
  inEmptyFolder((folder) => {
    execFileSync('tar', ['-xzf', join(output, file), '-C', folder]);
    execFileSync('tar', ['-xzf', join(folder, 'code.tar.gz'), '-C', folder]);
    const check = `if (!(require('./src').contracts?.length > 0)) throw new Error('no contracts')`;
    node(['-e', check], folder, { NODE_PATH: join(root, 'node_modules') });
  });
}

function inEmptyFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'wattlock-try-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const run = (program, args, cwd, environment = {}) =>
  execFileSync(program, args, {
    cwd,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const npm = (args, cwd) => run('npm', args, cwd);
const node = (args, cwd, environment) => run(process.execPath, args, cwd, environment);

/** Makes all files of a release in a folder. @returns the packages, and lines that say what they are */
function makeRelease(version, output) {
  mkdirSync(output, { recursive: true });
  const notes = releaseNotes(version);
  writeFileSync(join(output, 'RELEASE_NOTES.md'), notes);
  const libraries = LIBRARIES.map((folder) => packLibrary(folder, output));
  const chaincodes = CHAINCODES.map((name) => packChaincode(name, output));
  const files = [...libraries, ...chaincodes.map(({ file }) => file)];
  const sums = files.map((file) => `${sha256(join(output, file))}  ${file}\n`);
  writeFileSync(join(output, 'SHA256SUMS'), sums.join(''));
  const lines = [
    ...libraries.map((file) => `npm        ${file}  sha256 ${sha256(join(output, file))}`),
    ...chaincodes.map(({ file, id }) => `chaincode  ${file}  package id ${id}`),
    `notes      RELEASE_NOTES.md  ${notes.split('\n').filter((line) => line.startsWith('- ')).length} changes`,
  ];
  return { libraries, chaincodes, lines };
}

/** Two releases of the same code are the same bytes, or a reader could not compare what was published. */
function requireSame(first, second) {
  for (const file of readdirSync(first)) {
    if (sha256(join(first, file)) !== sha256(join(second, file)))
      throw new ReleaseFault(`${file} differs when made again`);
  }
}

function main() {
  const version = releaseVersion();
  const dryRun = process.argv.includes('--dry-run');
  const place = join(root, 'release', version);
  if (!dryRun && existsSync(place)) throw new ReleaseFault(`${relative(root, place)} is there already`);
  if (!dryRun && run('git', ['status', '--porcelain'], root) !== '')
    throw new ReleaseFault('commit or stash first');
  inEmptyFolder((work) => {
    const [first, second] = [join(work, 'first'), join(work, 'second')];
    const { libraries, chaincodes, lines } = makeRelease(version, first);
    makeRelease(version, second);
    requireSame(first, second);
    tryLibraries(libraries, first);
    for (const { file } of chaincodes) tryChaincode(file, first);
    say(`wattlock ${version}${dryRun ? ', dry run: nothing is kept' : ''}`);
    for (const line of lines) say(line);
    if (dryRun) return;
    mkdirSync(dirname(place), { recursive: true });
    cpSync(first, place, { recursive: true });
    say(`in ${relative(root, place)}; to publish: npm publish FILE, then git tag v${version}`);
  });
}

try {
  main();
} catch (error) {
  const said = [error.stdout, error.stderr].filter(Boolean).join('\n');
  process.stderr.write(
    `no release: ${error instanceof ReleaseFault ? error.message : said || error.stack}\n`,
  );
  process.exitCode = 1;
}
