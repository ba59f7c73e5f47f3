// Where the programs of Hyperledger Fabric are looked for, and what is said when they are not there.
import { expect } from 'chai';
import { findPrograms, isSupported, requirePrograms } from '@wattlock/fabric-network';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { failureOf } from '../../support/rejection';

const NAMES = ['peer', 'orderer', 'configtxgen', 'osnadmin'];

describe("the search for Fabric's programs", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wattlock-programs-'));
    for (const place of ['named', 'path', join('samples', 'fabric-samples', 'bin')]) {
      await mkdir(join(folder, place), { recursive: true });
      for (const name of NAMES) await writeFile(join(folder, place, name), '#!/bin/sh\n', { mode: 0o755 });
    }
    await mkdir(join(folder, 'some'));
    await writeFile(join(folder, 'some', 'peer'), '#!/bin/sh\n', { mode: 0o755 });
    await writeFile(join(folder, 'some', 'orderer'), 'not a program\n', { mode: 0o644 });
    await mkdir(join(folder, 'samples', 'work'));
  });
  after(() => rm(folder, { recursive: true }));

  const peerFound = (environment: Record<string, string>, cwd = folder): string | undefined => {
    const search = findPrograms(environment, cwd);
    return search.found ? search.programs.peer : undefined;
  };

  it('takes the folder named by FABRIC_BIN before PATH', () => {
    const named = { FABRIC_BIN: join(folder, 'named'), PATH: join(folder, 'path') };
    expect(peerFound(named)).to.equal(join(folder, 'named', 'peer'));
    expect(peerFound({ ...named, FABRIC_BIN: '' })).to.equal(join(folder, 'path', 'peer'));
  });

  it('looks through PATH in its order and takes each program where it first is', () => {
    const path = [join(folder, 'some'), join(folder, 'path')].join(delimiter);
    const search = findPrograms({ PATH: path }, folder);
    expect(search.found && [search.programs.peer, search.programs.orderer]).to.deep.equal([
      join(folder, 'some', 'peer'),
      join(folder, 'path', 'orderer'),
    ]);
  });

  it('looks last into fabric-samples, here and beside', () => {
    const expected = join(folder, 'samples', 'fabric-samples', 'bin', 'peer');
    expect(peerFound({}, join(folder, 'samples'))).to.equal(expected);
    expect(peerFound({}, join(folder, 'samples', 'work'))).to.equal(expected);
  });

  it('says in one line what is missing and how to get it', () => {
    const search = findPrograms({ PATH: join(folder, 'some') }, folder);
    if (search.found) throw new Error('found');
    expect(search.missing).to.deep.equal(['orderer', 'configtxgen', 'osnadmin']);
    expect(search.advice).to.match(/^Hyperledger Fabric's orderer, configtxgen, osnadmin not found: /);
    expect(search.advice)
      .to.contain('install-fabric.sh')
      .and.to.contain('FABRIC_BIN')
      .and.not.to.contain('\n');
  });

  it('fails with PROGRAMS_MISSING when they are needed', async () => {
    const none = { PATH: join(folder, 'none'), FABRIC_BIN: join(folder, 'none') };
    const error = await failureOf(Promise.resolve().then(() => requirePrograms(none, folder)));
    expect(error).to.include({ name: 'NetworkError', code: 'PROGRAMS_MISSING' });
  });

  it('takes 2.5.16, 3.1.5 and later, and builds that bear no number', () => {
    const versions = ['v2.5.16', '2.5.17', 'v3.1.5', 'v3.2.0', 'v4.0.0', 'latest'];
    expect(versions.filter(isSupported)).to.deep.equal(versions);
    expect(['v1.4.12', 'v2.2.20', 'v2.5.15', 'v3.0.0', 'v3.1.4'].filter(isSupported)).to.deep.equal([]);
  });
});
