// X.509 certificates over P-256: a key, its certificate, and who signs it.
// Signatures are low-S, because Fabric rewrites others when it reads them and the bytes of an identity must not change.
import 'reflect-metadata'; // first: the certificate library injects its parts through it
import * as x509 from '@peculiar/x509';
import { createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import type { Credentials } from './identity';
import { isLowS } from './signature';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3_600_000;
/** Clocks of members differ: a certificate is already valid when it arrives at a machine that is behind. */
const BACKDATED_MS = DAY_MS;

/** One relative distinguished name after the other, such as `[{ O: ['certifier'] }, { CN: ['ca'] }]`. */
export type SubjectName = Record<string, string[]>[];

export interface CertificateRequest {
  readonly subject: SubjectName;
  readonly years: number;
  /** Extensions beyond the key identifiers, which every certificate carries. */
  readonly extensions: readonly x509.Extension[];
}

/**
 * Makes a key and a certificate for it, signed by an issuer or, without one, by itself.
 * @returns both as PEM; the key as PKCS#8.
 */
export async function issueCertificate(
  request: CertificateRequest,
  issuer?: Credentials,
): Promise<Credentials> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority =
    issuer === undefined ? { key: keys.privateKey, publicKey: keys.publicKey } : await authorityOf(issuer);
  const now = Math.floor(Date.now() / 1000) * 1000;
  const parameters: x509.X509CertificateCreateParams = {
    serialNumber: serialNumber(),
    subject: request.subject,
    issuer: 'name' in authority ? authority.name : request.subject,
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + request.years * 365 * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      ...request.extensions,
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey, false, webcrypto),
    ],
  };
  return {
    certificatePem: `${(await signLowS(parameters)).toString('pem')}\n`,
    privateKeyPem: pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

async function authorityOf(issuer: Credentials) {
  const certificate = new x509.X509Certificate(issuer.certificatePem);
  const pkcs8 = x509.PemConverter.decodeFirst(issuer.privateKeyPem);
  const spki = createPublicKey(issuer.certificatePem).export({ type: 'spki', format: 'der' });
  return {
    name: certificate.subjectName,
    key: await webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
  };
}

/** ECDSA signatures are random and half of them are low-S: sign again until one is. */
async function signLowS(parameters: x509.X509CertificateCreateParams): Promise<x509.X509Certificate> {
  for (;;) {
    const certificate = await x509.X509CertificateGenerator.create(parameters, webcrypto);
    if (isLowS(new Uint8Array(certificate.signature))) return certificate;
  }
}

/** 16 random bytes with the top bit clear and the next one set: positive, and never shortened by DER. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function pem(label: string, der: ArrayBuffer): string {
  return `${x509.PemConverter.encode(der, label)}\n`;
}
