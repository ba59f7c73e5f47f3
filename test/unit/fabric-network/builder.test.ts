// The external builder: what a peer runs when a chaincode package is installed.
import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const BUILDER = join(dirname(require.resolve('@wattlock/fabric-network/package.json')), 'builder', 'bin');
const VALUES = {
  power_info_address: '127.0.0.1:9999',
  client_key: '-----BEGIN KEY-----\n$1\n-----END KEY-----\n',
  client_cert: 'certificate\n',
  root_cert: 'authority\n',
};

describe('the external builder', () => {
  let folder: string;
  const at = (...path: string[]): string => join(folder, ...path);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wattlock-builder-'));
    for (const part of ['source', 'metadata', 'build', 'release']) await mkdir(at(part));
    await writeFile(at('metadata', 'metadata.json'), '{"type":"ccaas","label":"power-info_1"}\n');
    await writeFile(
      at('source', 'connection.json'),
      JSON.stringify({
        address: '{{.power_info_address}}',
        tls_required: true,
        client_key: '{{ .client_key }}',
        client_cert: '{{.client_cert}}',
        root_cert: '{{.root_cert}}',
      }),
    );
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (step: string, args: readonly string[], config?: string): void => {
    const variable = config === undefined ? {} : { CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG: config };
    execFileSync(join(BUILDER, step), args, {
      env: { PATH: process.env['PATH'], ...variable },
      stdio: 'pipe',
    });
  };
  const build = (config?: string): void => {
    run('build', [at('source'), at('metadata'), at('build')], config);
  };

  it('takes chaincode that runs as a service, and leaves other packages to other builders', async () => {
    run('detect', [at('source'), at('metadata')]);
    await writeFile(at('metadata', 'metadata.json'), '{"type":"golang","label":"ccaas"}\n');
    expect(() => {
      run('detect', [at('source'), at('metadata')]);
    }).to.throw();
  });

  it('fills the template from a file that only the peer can read, and hands it over as such', async () => {
    await writeFile(at('values.json'), JSON.stringify(VALUES));
    build(at('values.json'));
    run('release', [at('build'), at('release')]);
    const file = at('release', 'chaincode', 'server', 'connection.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal({
      address: VALUES.power_info_address,
      tls_required: true,
      client_key: VALUES.client_key,
      client_cert: VALUES.client_cert,
      root_cert: VALUES.root_cert,
    });
    expect((await stat(file)).mode & 0o077).to.equal(0);
    expect((await stat(at('build', 'connection.json'))).mode & 0o077).to.equal(0);
  });

  it('takes the values from the variable itself, as the builder of the Fabric project does', async () => {
    build(JSON.stringify(VALUES));
    expect(await readFile(at('build', 'connection.json'), 'utf8')).to.contain('127.0.0.1:9999');
  });

  it('refuses a package that needs a value the peer does not have', () => {
    expect(() => {
      build(JSON.stringify({ ...VALUES, power_info_address: undefined }));
    }).to.throw(/power_info_address/);
    expect(() => {
      build();
    }).to.throw();
  });
});
