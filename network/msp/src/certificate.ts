// X.509 certificates over P-256: a key, its certificate, and who signs it. The one place that knows the library,
// which is loaded when the first certificate is issued: most commands only read what was issued before.
// Signatures are low-S, because Fabric rewrites others when it reads them and the bytes of an identity must not change.
import type * as X509 from '@peculiar/x509';
import { createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { Credentials } from './identity';
import { isLowS } from './signature';

type Library = typeof X509;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3_600_000;
/** Clocks of members differ: a certificate is already valid when it arrives at a machine that is behind. */
const BACKDATED_MS = DAY_MS;

/** One relative distinguished name after the other, such as `[{ O: ['certifier'] }, { CN: ['ca'] }]`. */
export type SubjectName = Record<string, string[]>[];

/** What a certificate is for. */
export type Purpose = 'authority' | 'identity' | 'tls';

export interface CertificateRequest {
  readonly purpose: Purpose;
  readonly subject: SubjectName;
  /** DNS names and IP addresses it stands for. */
  readonly hosts?: readonly string[];
}

const YEARS: Readonly<Record<Purpose, number>> = { authority: 10, identity: 5, tls: 5 };

/** Key usages and constraints as Fabric's MSP and its TLS listeners accept them. */
const EXTENSIONS: Readonly<
  Record<Purpose, (library: Library, hosts: readonly string[]) => X509.Extension[]>
> = {
  authority: ({ KeyUsagesExtension, KeyUsageFlags, BasicConstraintsExtension }) => [
    new KeyUsagesExtension(
      KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
      true,
    ),
    new BasicConstraintsExtension(true, undefined, true),
  ],
  identity: ({ KeyUsagesExtension, KeyUsageFlags, BasicConstraintsExtension }) => [
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new BasicConstraintsExtension(false, undefined, true),
  ],
  tls: (library, hosts) => [
    new library.KeyUsagesExtension(
      library.KeyUsageFlags.digitalSignature | library.KeyUsageFlags.keyAgreement,
      true,
    ),
    new library.ExtendedKeyUsageExtension([
      library.ExtendedKeyUsage.serverAuth,
      library.ExtendedKeyUsage.clientAuth,
    ]),
    new library.BasicConstraintsExtension(false, undefined, true),
    new library.SubjectAlternativeNameExtension(
      hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
    ),
  ],
};

/**
 * Makes a key and a certificate for it, signed by an issuer or, without one, by itself.
 * @returns both as PEM; the key as PKCS#8.
 */
export async function issueCertificate(
  request: CertificateRequest,
  issuer?: Credentials,
): Promise<Credentials> {
  const library = await loadLibrary();
  const { purpose, subject, hosts = [] } = request;
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority =
    issuer === undefined
      ? { name: subject, key: keys.privateKey, publicKey: keys.publicKey }
      : await authorityOf(library, issuer);
  const now = Math.floor(Date.now() / 1000) * 1000;
  const certificate = await signLowS(library, {
    serialNumber: serialNumber(),
    subject,
    issuer: authority.name,
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + YEARS[purpose] * 365 * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      ...EXTENSIONS[purpose](library, hosts),
      await library.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      await library.AuthorityKeyIdentifierExtension.create(authority.publicKey, false, webcrypto),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    privateKeyPem: `${library.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
  };
}

async function loadLibrary(): Promise<Library> {
  await import('reflect-metadata'); // first: the library injects its parts through it
  return import('@peculiar/x509');
}

async function authorityOf(library: Library, issuer: Credentials) {
  const certificate = new library.X509Certificate(issuer.certificatePem);
  const pkcs8 = library.PemConverter.decodeFirst(issuer.privateKeyPem);
  const spki = createPublicKey(issuer.certificatePem).export({ type: 'spki', format: 'der' });
  return {
    name: certificate.subjectName,
    key: await webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
  };
}

/** ECDSA signatures are random and half of them are low-S: sign again until one is. */
async function signLowS(
  { X509CertificateGenerator }: Library,
  parameters: X509.X509CertificateCreateParams,
): Promise<X509.X509Certificate> {
  for (;;) {
    const certificate = await X509CertificateGenerator.create(parameters, webcrypto);
    if (isLowS(new Uint8Array(certificate.signature))) return certificate;
  }
}

/** 16 random bytes with the top bit clear and the next one set: positive, and never shortened by DER. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
