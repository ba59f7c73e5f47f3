// A network's description for one organisation: everybody's peers, and the client of that organisation alone.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { KeyError, keyNotHere, readKeyFile } from '../identity';

/** Where a client's certificate and private key are, PEM. */
export interface ClientFiles {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

/** Number of generator organisations of a folder's network. @throws NetworkError NETWORK_NOT_FOUND */
export async function generatorsOf(folder: string): Promise<number> {
  const { readNetwork } = await import('@wattlock/fabric-network');
  return readNetwork(folder).organisations.filter(({ role }) => role === 'generator').length;
}

/**
 * Describes a folder's network in another one, for one organisation.
 * @param given the organisation's client; default the one that the network's folder has
 * @throws NetworkError NETWORK_NOT_FOUND; KeyError KEY_NOT_HERE, KEY_DAMAGED when key and certificate do not belong together
 */
export async function describeNetwork(
  folder: string,
  into: string,
  organisation: string,
  given?: ClientFiles,
): Promise<void> {
  const { adoptNetwork, readNetwork } = await import('@wattlock/fabric-network');
  const { profile, batch, fabric, channels, organisations } = readNetwork(folder);
  const described = organisations.map(({ role, name, peer, users }) => ({
    role,
    name,
    address: peer.address,
    tlsCaCertificateFile: join(folder, peer.tlsCaCertificateFile),
    client: users.find((user) => user.name === 'client'),
  }));
  const own = described.find(({ name }) => name === organisation)?.client;
  const client = given ?? (own && filesIn(folder, own));
  if (client === undefined) {
    throw keyNotHere({ organisation, what: 'client key', file: join(folder, 'organisations', organisation) });
  }
  await checkClient(organisation, client);
  await adoptNetwork({
    ...{ folder: into, profile, batch, fabric, channels },
    organisations: described.map(({ client: _client, ...each }) => ({
      ...each,
      ...(each.name === organisation && client),
    })),
  });
}

const filesIn = (folder: string, { certificateFile, privateKeyFile }: ClientFiles): ClientFiles => ({
  certificateFile: join(folder, certificateFile),
  privateKeyFile: join(folder, privateKeyFile),
});

async function checkClient(organisation: string, client: ClientFiles): Promise<void> {
  const certificate = { organisation, what: "client's certificate", file: client.certificateFile };
  const key = { organisation, what: 'client key', file: client.privateKeyFile };
  const [certificatePem, privateKeyPem] = [await readKeyFile(certificate), await readKeyFile(key)];
  if (belongTogether(certificatePem, privateKeyPem)) return;
  throw new KeyError('KEY_DAMAGED', `${key.file} is not the key of ${certificate.file}`);
}

function belongTogether(certificatePem: string, privateKeyPem: string): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    return false;
  }
}
