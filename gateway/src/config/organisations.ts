// The organisations of a development platform: founded once, kept under HOME/organisations, keys 0600.
// Reading them back needs no certificate library, which is most of what opening a home would cost.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MspId } from '@wattlock/core';
import type { Identity, Organisation } from '@wattlock/msp';
import type { EmbeddedOrganisation } from '../ledger/open-embedded';
import type { OrganisationRole } from '../ledger/platform';

/** Everybody who signs on an embedded platform. */
export interface Consortium {
  readonly organisations: Readonly<Record<OrganisationRole, EmbeddedOrganisation>>;
  readonly orderer: Identity;
}

export const ROLES: readonly OrganisationRole[] = ['certifier', 'generator', 'auditor'];

/** One value for each role. */
export async function eachRole<T>(
  make: (role: OrganisationRole) => Promise<T>,
): Promise<Readonly<Record<OrganisationRole, T>>> {
  const [certifier, generator, auditor] = await Promise.all([
    make('certifier'),
    make('generator'),
    make('auditor'),
  ]);
  return { certifier, generator, auditor };
}

/** MSP ids as in Fabric's test network, whose organisations these would be there. */
export const MSP_IDS: Readonly<Record<OrganisationRole | 'orderer', MspId>> = {
  certifier: 'Org1MSP' as MspId,
  generator: 'Org2MSP' as MspId,
  auditor: 'Org3MSP' as MspId,
  orderer: 'OrdererMSP' as MspId,
};

/** A consortium that was just founded, with the authorities that can issue more certificates. */
export interface Founded extends Consortium {
  readonly authorities: readonly Organisation[];
}

/** Founds organisations and issues a client and an endorser for each, and an orderer. */
export async function foundConsortium(): Promise<Founded> {
  const { createOrganisation, issueIdentity } = await import('@wattlock/msp');
  const found = (name: OrganisationRole | 'orderer'): Promise<Organisation> =>
    createOrganisation({ mspId: MSP_IDS[name], name, domain: `${name}.example` });
  const member = async (role: OrganisationRole): Promise<[Organisation, EmbeddedOrganisation]> => {
    const organisation = await found(role);
    const [client, endorser] = await Promise.all([
      issueIdentity(organisation, { name: 'client', role: 'client' }),
      issueIdentity(organisation, { name: 'peer', role: 'peer' }),
    ]);
    const caCertificatePem = organisation.ca.certificatePem;
    return [organisation, { mspId: MSP_IDS[role], caCertificatePem, client, endorser }];
  };
  const [certifier, generator, auditor, ordererOrganisation] = await Promise.all([
    member('certifier'),
    member('generator'),
    member('auditor'),
    found('orderer'),
  ]);
  return {
    organisations: { certifier: certifier[1], generator: generator[1], auditor: auditor[1] },
    orderer: await issueIdentity(ordererOrganisation, { name: 'orderer', role: 'orderer' }),
    authorities: [certifier[0], generator[0], auditor[0], ordererOrganisation],
  };
}

/** Keeps a consortium in a folder. */
export async function writeConsortium(folder: string, founded: Founded): Promise<void> {
  const { writeCredentials, writeOrganisation } = await import('@wattlock/msp');
  const { organisations, orderer } = founded;
  const identities = [
    ...ROLES.flatMap((role) => [
      { role, identity: organisations[role].client },
      { role, identity: organisations[role].endorser },
    ]),
    { role: 'orderer', identity: orderer },
  ];
  await Promise.all([
    ...founded.authorities.map((authority) => writeOrganisation(join(folder, authority.name), authority)),
    ...identities.map(({ role, identity }) => writeCredentials(files(folder, role, identity.name), identity)),
  ]);
}

/** Reads back what {@link writeConsortium} wrote. @throws Error with the path of a file that is missing. */
export async function readConsortium(folder: string): Promise<Consortium> {
  const [certifier, generator, auditor, orderer] = await Promise.all([
    readMember(folder, 'certifier'),
    readMember(folder, 'generator'),
    readMember(folder, 'auditor'),
    readIdentity(folder, 'orderer', 'orderer'),
  ]);
  return { organisations: { certifier, generator, auditor }, orderer };
}

async function readMember(folder: string, role: OrganisationRole): Promise<EmbeddedOrganisation> {
  const [caCertificatePem, client, endorser] = await Promise.all([
    readFile(join(folder, role, 'ca-cert.pem'), 'utf8'),
    readIdentity(folder, role, 'client'),
    readIdentity(folder, role, 'peer'),
  ]);
  return { mspId: MSP_IDS[role], caCertificatePem, client, endorser };
}

async function readIdentity(
  folder: string,
  role: OrganisationRole | 'orderer',
  name: string,
): Promise<Identity> {
  const { certificateFile, privateKeyFile } = files(folder, role, name);
  const [certificatePem, privateKeyPem] = await Promise.all([
    readFile(certificateFile, 'utf8'),
    readFile(privateKeyFile, 'utf8'),
  ]);
  return { mspId: MSP_IDS[role], name, certificatePem, privateKeyPem };
}

function files(
  folder: string,
  role: string,
  name: string,
): { certificateFile: string; privateKeyFile: string } {
  return {
    certificateFile: join(folder, role, `${name}-cert.pem`),
    privateKeyFile: join(folder, role, `${name}-key.pem`),
  };
}
