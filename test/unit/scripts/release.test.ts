// Making a release: what would be published is made twice alike, installed and used in an empty folder, and named.
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..', '..', '..');

describe('a release', function () {
  this.timeout(180_000);
  let copy: string;
  before(async () => {
    copy = await mkdtemp(join(tmpdir(), 'wattlock-release-'));
  });
  after(() => rm(copy, { recursive: true }));

  it('names its packages, with the package ids that members compare, and keeps nothing in a dry run', async () => {
    const { code, stdout, stderr } = await release(ROOT);
    expect(code, stderr).to.equal(0);
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).to.equal(`wattlock ${version}, dry run: nothing is kept`);
    expect(lines[1]).to.match(/^npm +wattlock-core-[\d.]+\.tgz +sha256 [0-9a-f]{64}$/);
    for (const [at, name] of ['power-info', 'certificate'].entries()) {
      const file = join(copy, 'package.tar.gz');
      const { stdout: id } = await run(join(ROOT, 'scripts', 'pack-chaincode.mjs'), [name, file]);
      expect(lines[at + 2]).to.equal(`chaincode  ${name}_${version}.tar.gz  package id ${id.trim()}`);
    }
    expect(existsSync(join(ROOT, 'release', version))).to.equal(false);
  });

  const faults: [string, Record<string, (text: string) => string>, string][] = [
    [
      'has no notes',
      { 'CHANGELOG.md': () => '# Changelog\n\n## [Unreleased]\n' },
      'CHANGELOG.md has nothing under Unreleased',
    ],
    [
      'was released before',
      { 'CHANGELOG.md': (text) => `${text}\n## [0.1.0] - 2026-01-01\n` },
      'CHANGELOG.md has 0.1.0 already',
    ],
    [
      'has packages of several versions',
      { 'chaincode/core/package.json': (text) => text.replace('"0.1.0"', '"0.2.0"') },
      'chaincode/core is not of version 0.1.0',
    ],
  ];
  for (const [what, changes, message] of faults) {
    it(`is refused when it ${what}`, async () => {
      const changed = await changedCopy(join(copy, what), changes);
      expect(await release(changed)).to.deep.equal({
        code: 1,
        stdout: '',
        stderr: `no release: ${message}\n`,
      });
    });
  }
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const release = (repository: string): Promise<Outcome> =>
  run(join(repository, 'scripts', 'release.mjs'), ['--dry-run']);

function run(script: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** What a release reads before it packs anything, with other texts in it. */
async function changedCopy(
  folder: string,
  changes: Record<string, (text: string) => string>,
): Promise<string> {
  await mkdir(folder);
  await cp(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const { workspaces } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    workspaces: string[];
  };
  for (const file of [
    'package.json',
    'CHANGELOG.md',
    ...workspaces.map((each) => join(each, 'package.json')),
  ]) {
    const text = await readFile(join(ROOT, file), 'utf8');
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), changes[file]?.(text) ?? text);
  }
  return folder;
}
