// A network that others run: described in a folder of our own, used from there, and left alone.
import { expect } from 'chai';
import {
  adoptNetwork,
  deployChaincode,
  networkDown,
  networkLogs,
  networkStatus,
  networkUp,
  readNetwork,
  signalProcess,
  startProcess,
  type NetworkDescription,
} from '@wattlock/fabric-network';
import { openFabricNetwork, probesToDeploy } from '@wattlock/gateway';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realNetwork, realPeers } from '../support/network';
import { onOwnNetwork } from '../support/own-network';
import { failureOf } from '../support/rejection';

onOwnNetwork('an adopted network', () => {
  let home: string;
  let folder: string;
  let theirs: NetworkDescription;

  before(async function () {
    this.timeout(60_000);
    await realPeers();
    theirs = readNetwork(realNetwork());
    home = await mkdtemp(join(tmpdir(), 'wattlock-adopted-'));
    folder = join(home, 'network');
    await adopt(folder);
  });
  after(() => rm(home, { recursive: true, force: true }));

  const adopt = (into: string): Promise<NetworkDescription> =>
    adoptNetwork({
      folder: into,
      profile: theirs.profile,
      batch: theirs.batch,
      fabric: theirs.fabric,
      channels: theirs.channels,
      organisations: theirs.organisations.map(({ role, peer, users }) => {
        const client = users.find(({ name }) => name === 'client');
        if (client === undefined) throw new Error('no client');
        const at = (path: string): string => join(theirs.folder, path);
        return {
          role,
          address: peer.address,
          tlsCaCertificateFile: at(peer.tlsCaCertificateFile),
          certificateFile: at(client.certificateFile),
          privateKeyFile: at(client.privateKeyFile),
        };
      }),
    });

  it('is opened like a network of our own', async () => {
    const platform = await openFabricNetwork(folder);
    try {
      for (const role of ['certifier', 'generator', 'auditor'] as const) {
        expect(await platform.as(role).power.height()).to.be.greaterThan(0);
      }
    } finally {
      await platform.close();
    }
  });

  it('is up when its peers answer, has no processes, and keeps the clients’ keys for their owner alone', async () => {
    const { state, network } = await networkStatus(folder);
    expect(state).to.equal('up');
    expect(network?.processes).to.deep.equal([]);
    for (const { users } of readNetwork(folder).organisations) {
      for (const { privateKeyFile } of users) {
        expect(statSync(join(folder, privateKeyFile)).mode & 0o077).to.equal(0);
      }
    }
  });

  it('is not up while a peer does not answer, which nobody here can start', async () => {
    await signalProcess(theirs.folder, 'peer.auditor', 'SIGKILL');
    try {
      const { state, missing } = await networkStatus(folder);
      expect({ state, missing }).to.deep.equal({ state: 'partial', missing: ['peer.auditor'] });
      expect(await failureOf(networkUp({ folder, chaincodes: [], keepIfUp: true }))).to.include({
        code: 'NETWORK_DOWN',
      });
    } finally {
      await startProcess(theirs.folder, 'peer.auditor');
    }
    expect((await networkStatus(folder)).state).to.equal('up');
  });

  it('is neither started, stopped nor deployed to, and is described anew at will', async () => {
    expect(await failureOf(networkUp({ folder, chaincodes: [] }))).to.include({ code: 'NETWORK_ALREADY_UP' });
    const [probe] = probesToDeploy();
    if (probe === undefined) throw new Error('no probe chaincode');
    const refused = [
      () => deployChaincode(folder, probe),
      () => networkDown(folder),
      () => networkLogs(folder),
      () => startProcess(folder, 'peer.auditor'),
      () => networkUp({ folder, chaincodes: [], orderers: 3 }),
    ];
    for (const command of refused) {
      expect(await failureOf(command())).to.include({ code: 'NETWORK_ADOPTED' });
    }
    expect((await adopt(folder)).state).to.equal('adopted');
  });

  it('does not take the place of a network of our own', async () => {
    expect(await failureOf(adopt(theirs.folder))).to.include({ code: 'FOLDER_NOT_EMPTY' });
    expect(readNetwork(theirs.folder).state).to.equal('ready');
  });

  it('goes on when its description is removed', async () => {
    await networkDown(folder, { remove: true });
    expect(existsSync(folder)).to.equal(false);
    expect((await networkStatus(theirs.folder)).state).to.equal('up');
  });
});
