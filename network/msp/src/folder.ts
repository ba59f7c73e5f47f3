// Membership material on disk: MSP folders as Fabric's programs read them, and an organisation's own key store.
// Every private key is written 0600, readable by its owner alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials, Identity, Organisation } from './identity';

const CA_FILE = 'ca-cert.pem';
const ORGANISATION_FILE = 'organisation.json';
const ROLES = ['Client', 'Peer', 'Admin', 'Orderer'] as const;

/** NodeOUs: the role of an identity is the OU of its certificate. JSON, which every YAML reader takes. */
const NODE_OUS = {
  NodeOUs: {
    Enable: true,
    ...Object.fromEntries(
      ROLES.map((role) => [
        `${role}OUIdentifier`,
        { Certificate: `cacerts/${CA_FILE}`, OrganizationalUnitIdentifier: role.toLowerCase() },
      ]),
    ),
  },
};

/**
 * Writes an MSP folder: the verifying MSP of an organisation, or with an identity the local MSP that signs as it.
 * Source: Fabric, "Membership Service Provider", MSP structure.
 */
export async function writeMspFolder(
  folder: string,
  organisation: Organisation,
  identity?: Identity,
): Promise<void> {
  await Promise.all([
    writeText(join(folder, 'config.yaml'), `${JSON.stringify(NODE_OUS, undefined, 2)}\n`),
    writeText(join(folder, 'cacerts', CA_FILE), organisation.ca.certificatePem),
    writeText(join(folder, 'tlscacerts', 'tlsca-cert.pem'), organisation.tlsCa.certificatePem),
  ]);
  if (identity !== undefined) await writeCredentials(mspFiles(folder), identity);
}

/** Where a local MSP folder keeps the certificate and the key it signs with. */
export function mspFiles(folder: string): CredentialFiles {
  return {
    certificateFile: join(folder, 'signcerts', 'cert.pem'),
    privateKeyFile: join(folder, 'keystore', 'key.pem'),
  };
}

/** Two files that belong together. */
export interface CredentialFiles {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

/** Writes a certificate and its key, the key 0600. */
export async function writeCredentials(files: CredentialFiles, credentials: Credentials): Promise<void> {
  await Promise.all([
    writeText(files.certificateFile, credentials.certificatePem),
    writeText(files.privateKeyFile, credentials.privateKeyPem, { mode: 0o600 }),
  ]);
}

/** Reads a certificate and its key. @throws Error with the file's path when one is missing. */
export async function readCredentials(files: CredentialFiles): Promise<Credentials> {
  const [certificatePem, privateKeyPem] = await Promise.all([
    readFile(files.certificateFile, 'utf8'),
    readFile(files.privateKeyFile, 'utf8'),
  ]);
  return { certificatePem, privateKeyPem };
}

/**
 * Keeps an organisation with the keys of its authorities, so that more certificates can be issued later.
 * @throws Error EEXIST when an organisation is kept there: nobody could use what its authorities issued
 */
export async function writeOrganisation(folder: string, organisation: Organisation): Promise<void> {
  const { mspId, name, domain, ca, tlsCa } = organisation;
  const text = `${JSON.stringify({ mspId, name, domain }, undefined, 2)}\n`;
  await writeText(join(folder, ORGANISATION_FILE), text, { flag: 'wx' });
  await Promise.all([
    writeCredentials(authorityFiles(folder, 'ca'), ca),
    writeCredentials(authorityFiles(folder, 'tlsca'), tlsCa),
  ]);
}

/** Reads what {@link writeOrganisation} wrote. */
export async function readOrganisation(folder: string): Promise<Organisation> {
  const [text, ca, tlsCa] = await Promise.all([
    readFile(join(folder, ORGANISATION_FILE), 'utf8'),
    readCredentials(authorityFiles(folder, 'ca')),
    readCredentials(authorityFiles(folder, 'tlsca')),
  ]);
  const { mspId, name, domain } = JSON.parse(text) as Pick<Organisation, 'mspId' | 'name' | 'domain'>;
  return { mspId, name, domain, ca, tlsCa };
}

const authorityFiles = (folder: string, name: string): CredentialFiles => ({
  certificateFile: join(folder, `${name}-cert.pem`),
  privateKeyFile: join(folder, `${name}-key.pem`),
});

async function writeText(
  file: string,
  text: string,
  { mode = 0o644, flag = 'w' }: { readonly mode?: number; readonly flag?: 'w' | 'wx' } = {},
): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  await writeFile(file, text, { mode, flag });
}
