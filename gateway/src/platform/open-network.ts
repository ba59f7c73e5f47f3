// Opens the network of real peers that a folder holds, with the client keys that are kept beside it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MspId } from '@wattlock/core';
import { readNetwork, type NetworkDescription, type OrganisationDescription } from '@wattlock/fabric-network';
import { type Deadlines, LedgerError } from '../ledger';
import type { Members, OrganisationRole } from './members';
import { openFabricPlatform, type FabricPlatformOptions, type PeerAccess } from './open-fabric';
import type { Platform } from './platform';

/** The user of each organisation that proposes transactions. */
const CLIENT = 'client';

/** @throws LedgerError PLATFORM_DOWN when the folder holds no network. */
export async function openFabricNetwork(folder: string, deadlines?: Deadlines): Promise<Platform> {
  return openFabricPlatform({ ...(await readAccess(folder)), ...(deadlines && { deadlines }) });
}

/** The organisations of a folder's network and how to reach their peers. @throws LedgerError PLATFORM_DOWN */
export async function readAccess(folder: string): Promise<FabricPlatformOptions> {
  const network = networkIn(folder);
  const peers = await Promise.all(
    network.organisations.map((organisation) => peerAccess(network, organisation)),
  );
  return { members: membersIn(network), peers };
}

function networkIn(folder: string): NetworkDescription {
  try {
    return readNetwork(folder);
  } catch (cause) {
    throw new LedgerError('PLATFORM_DOWN', `No network in ${folder}; start one with: wattlock network up`, {
      cause,
    });
  }
}

/** Who plays which role. @throws LedgerError REQUEST_REFUSED when nobody plays one. */
function membersIn({ organisations }: NetworkDescription): Members<MspId> {
  const playing = (role: OrganisationRole): readonly [MspId, ...MspId[]] => {
    const [first, ...others] = organisations.filter((each) => each.role === role);
    if (first === undefined) throw new LedgerError('REQUEST_REFUSED', `The network has no ${role}`);
    return [first.mspId as MspId, ...others.map(({ mspId }) => mspId as MspId)];
  };
  return {
    certifier: playing('certifier')[0],
    generators: playing('generator'),
    auditor: playing('auditor')[0],
  };
}

async function peerAccess(
  network: NetworkDescription,
  organisation: OrganisationDescription,
): Promise<PeerAccess> {
  const user = organisation.users.find(({ name }) => name === CLIENT);
  if (user === undefined) {
    throw new LedgerError('REQUEST_REFUSED', `The network has no client of the ${organisation.name}`);
  }
  const read = (path: string): Promise<string> => readFile(join(network.folder, path), 'utf8');
  const [tlsCaCertificatePem, certificatePem, privateKeyPem] = await Promise.all([
    read(organisation.peer.tlsCaCertificateFile),
    read(user.certificateFile),
    read(user.privateKeyFile),
  ]);
  const { mspId, peer } = organisation;
  return { mspId, address: peer.address, tlsCaCertificatePem, certificatePem, privateKeyPem };
}
