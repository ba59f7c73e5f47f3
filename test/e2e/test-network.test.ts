// The scripts for fabric-samples' test-network: what is deployed once is not deployed again, other code is said to be
// other code, and a run that stopped is gone on with. On real peers, which take Node packages without Docker.
import { expect } from 'chai';
import { readNetwork } from '@wattlock/fabric-network';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { networkHome, onOwnNetwork } from '../support/own-network';
import { layOutSamples, writeProgram } from '../support/test-network';

const REPOSITORY = join(dirname(require.resolve('@wattlock/fabric-network/package.json')), '..', '..');

onOwnNetwork('the scripts for the test-network', function () {
  this.timeout(120_000);
  let home: Awaited<ReturnType<typeof networkHome>>;
  let samples: string;
  before(async () => {
    home = await networkHome();
    samples = join(home.folder, '..', 'fabric-samples');
    await layOutSamples(home.folder, samples);
  });
  after(() => home.remove());

  const deploy = (repository: string, ...args: string[]): Promise<Outcome> =>
    run(join(repository, 'network/fabric/test-network/deploy.sh'), [samples, 'power', 'power-info', ...args]);

  it('deploy a chaincode under the package id that they print, the same in every run', async () => {
    const printed = await Promise.all(
      [1, 2].map(() =>
        run(join(REPOSITORY, 'network/fabric/test-network/deploy.sh'), [samples, 'power', 'power-info'], {
          PACKAGE_ONLY: '1',
        }),
      ),
    );
    const [first, second] = printed;
    expect(first?.stdout)
      .to.match(/^package id: power-info_[\d.]+:[0-9a-f]{64}\n$/)
      .and.to.equal(second?.stdout);

    const { code, stdout } = await deploy(REPOSITORY);
    expect(stdout).to.contain(first?.stdout).and.to.contain('power-info on power is at sequence 1');
    expect(code).to.equal(0);
  });

  it('do nothing in a second run', async () => {
    const { code, stdout } = await deploy(REPOSITORY);
    expect(code).to.equal(0);
    expect(stdout).to.contain('is this package already, at sequence 1: nothing to do');
    expect((await deploy(REPOSITORY, '1')).stdout).to.contain('nothing to do');
  });

  it('say that other code is other code, and replace it when they are told to', async () => {
    const changed = await withChangedBundle(join(home.folder, '..', 'changed'));
    const refused = await deploy(changed);
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.contain(
      'power-info on power differs: at sequence 1 Org1MSP approved power-info_',
    );
    expect(refused.stderr).to.match(/to replace it: .* power power-info 2\n/);
    expect((await deploy(changed, '3')).stderr).to.contain('the next sequence of power-info on power is 2');

    expect(await deploy(changed, '2')).to.include({ code: 0 });
    expect((await deploy(changed)).stdout).to.contain('already, at sequence 2');
    expect((await deploy(REPOSITORY)).stderr).to.contain('power power-info 3');
    expect(await deploy(REPOSITORY, '3')).to.include({ code: 0 });
  });

  it('go on where a run stopped: channels that peers have joined are kept, and what was deployed is described', async () => {
    const refuse = 'echo "must not be called" >&2; exit 9';
    await writeProgram(join(samples, 'test-network', 'network.sh'), refuse);
    await writeProgram(join(samples, 'test-network', 'addOrg3', 'addOrg3.sh'), refuse);
    const quiet = join(home.folder, '..', 'quiet');
    await writeProgram(join(quiet, 'npm'), 'exit 0'); // the tests run on a build that is there
    const folder = join(home.folder, '..', 'adopted', 'network');
    const script = join(REPOSITORY, 'network/fabric/test-network/up.sh');
    const { code, stdout, stderr } = await run(script, [samples, folder], {
      PATH: `${quiet}:${process.env['PATH'] ?? ''}`,
    });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain('power-info on power is this package already');
    expect(await readFile(join(samples, 'test-network/configtx/configtx.yaml'), 'utf8')).to.equal(
      'BatchTimeout: 50ms\n',
    );
    const described = readNetwork(folder).channels.map(({ name, chaincodes }) => [
      name,
      chaincodes.map((each) => `${each.name} ${each.sequence} ${each.packageId.split(':')[0] ?? ''}`),
    ]);
    expect(described).to.deep.equal([
      ['power', ['power-info 3 power-info_0.1.0']],
      ['certificate', ['certificate 1 certificate_0.1.0']],
    ]);
  });

  it('say what to do when a step fails', async () => {
    await writeProgram(join(samples, 'test-network', 'network.sh'), 'echo "no docker" >&2; exit 9');
    await writeProgram(join(samples, 'bin', 'peer'), 'exit 1');
    const folder = join(home.folder, '..', 'failing');
    const { code, stderr } = await run(join(REPOSITORY, 'network/fabric/test-network/up.sh'), [
      samples,
      folder,
    ]);
    expect(code).to.equal(9);
    expect(stderr).to.contain('no docker\nup.sh stopped while creating channel power.');
    expect(stderr).to.contain('./network.sh down');
    expect(readdirSync(folder)).to.deep.equal([]);
  });
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  script: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      'bash',
      [script, ...args],
      { env: { ...process.env, ...environment } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

/** A copy of what deploying needs of the repository, with another bundle of power-info. */
async function withChangedBundle(copy: string): Promise<string> {
  await mkdir(copy);
  await cp(join(REPOSITORY, 'network/fabric/test-network'), join(copy, 'network/fabric/test-network'), {
    recursive: true,
  });
  await cp(join(REPOSITORY, 'scripts'), join(copy, 'scripts'), { recursive: true });
  for (const file of ['package.json', 'npm-shrinkwrap.json', 'dist/bundle']) {
    const from = join(REPOSITORY, 'chaincode/power-info', file);
    await cp(from, join(copy, 'chaincode/power-info', file), { recursive: true });
  }
  await symlink(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  const bundle = join(copy, 'chaincode/power-info/dist/bundle/index.js');
  expect(existsSync(bundle)).to.equal(true);
  await writeFile(bundle, `${await readFile(bundle, 'utf8')}// changed\n`);
  return copy;
}
