// Putting a chaincode on a network: pack, serve, install, approve, commit.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packChaincode, type ChaincodePackage } from './chaincode-package';
import type { Context } from './step';
import type { ChaincodeDescription, OrganisationDescription } from './description';
import { NetworkError } from './errors';
import { packageFile } from './layout';
import { ordererArgs, peerStep } from './peer-cli';
import type { ChaincodeDeployment } from './plan';
import { together } from './waiting';

const DEFAULT_VERSION = '1';
/** How `peer lifecycle chaincode install` names the package, whether it is new to the peer or not. */
const PACKAGE_ID = /(?:package identifier: |\(package ID ')([\w.+-]+:[0-9a-f]{64})/;

export interface PackedChaincode extends ChaincodePackage {
  readonly name: string;
  readonly version: string;
}

/** Packs a chaincode. @throws NetworkError STEP_FAILED when its server module cannot be read */
export async function pack(deployment: ChaincodeDeployment): Promise<PackedChaincode> {
  const { name, serverModule, version = DEFAULT_VERSION } = deployment;
  const code = await readFile(serverModule).catch((cause: unknown) => {
    throw new NetworkError('STEP_FAILED', `The server of ${name} cannot be read: ${serverModule}`, [], {
      cause,
    });
  });
  return { name, version, ...packChaincode({ name, version, code }) };
}

export async function keepPackage(folder: string, { label, bytes }: ChaincodePackage): Promise<void> {
  const file = join(folder, packageFile(label));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

/**
 * Installs a package on an organisation's peer.
 * @throws NetworkError PACKAGE_ID_MISMATCH when the peer computes another id than we did
 */
export async function install(
  context: Context,
  organisation: OrganisationDescription,
  { name, label, id }: PackedChaincode,
): Promise<void> {
  const file = join(context.folder, packageFile(label));
  const output = await peerStep(
    context,
    organisation,
    `installing ${name} on the ${organisation.name}'s peer`,
    ['lifecycle', 'chaincode', 'install', file],
  ).catch((error: unknown) => {
    const details = error instanceof NetworkError ? error.details.join('\n') : '';
    if (details.includes('already successfully installed')) return details;
    throw error;
  });
  const theirs = PACKAGE_ID.exec(output)?.[1];
  if (theirs !== id) {
    throw new NetworkError(
      'PACKAGE_ID_MISMATCH',
      `The ${organisation.name}'s peer names the package of ${name} ${theirs ?? 'not at all'}, we ${id}`,
    );
  }
}

/** Makes a package the definition of a chaincode on a channel: approved by every organisation, then committed. */
export async function define(
  context: Context,
  channel: string,
  chaincode: ChaincodeDescription,
): Promise<void> {
  const { folder, network } = context;
  const { name, version, packageId, sequence } = chaincode;
  const definition = [
    ...[...ordererArgs(context), '-C', channel, '-n', name, '-v', version],
    ...['--sequence', `${sequence}`, '--signature-policy', network.profile.chaincodePolicy],
  ];
  await together(
    network.organisations.map((organisation) =>
      peerStep(context, organisation, `approving ${name} on ${channel} by the ${organisation.name}`, [
        ...['lifecycle', 'chaincode', 'approveformyorg', '--package-id', packageId, ...definition],
      ]),
    ),
  );
  const [first] = network.organisations;
  if (first === undefined) return;
  await peerStep(context, first, `committing ${name} on ${channel}`, [
    ...['lifecycle', 'chaincode', 'commit', ...definition],
    ...network.organisations.flatMap(({ peer }) => [
      ...['--peerAddresses', peer.address, '--tlsRootCertFiles', join(folder, peer.tlsCaCertificateFile)],
    ]),
  ]);
}

/** The definition's sequence on a channel as the peer knows it; 0 when the chaincode is not defined there. */
export async function committedSequence(context: Context, channel: string, name: string): Promise<number> {
  const [first] = context.network.organisations;
  if (first === undefined) return 0;
  const output = await peerStep(context, first, `asking for the chaincodes of ${channel}`, [
    ...['lifecycle', 'chaincode', 'querycommitted', '-C', channel, '--output', 'json'],
  ]);
  const { chaincode_definitions: definitions = [] } = JSON.parse(
    output.slice(0, output.indexOf('\n}') + 2),
  ) as {
    chaincode_definitions?: { name: string; sequence: number }[];
  };
  return definitions.find((definition) => definition.name === name)?.sequence ?? 0;
}
