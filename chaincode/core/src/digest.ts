// The only door from the pure domain to cryptography: SHA-256 and signature verification.
// Both are functions of their arguments; Node's own implementation is used, no key is ever made here.
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { Memo } from './memo';

/** Signature algorithms of account keys: ECDSA P-256 with SHA-256 (RFC 7518 ES256) and Ed25519 (RFC 8032). */
export type SignatureAlgorithm = 'ES256' | 'Ed25519';

/** SHA-256 as 64 lower-case hex digits. Text is hashed as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

const CURVES: Readonly<Record<SignatureAlgorithm, { type: string; curve?: string }>> = {
  ES256: { type: 'ec', curve: 'prime256v1' },
  Ed25519: { type: 'ed25519' },
};

/**
 * Keys read before. Reading one takes longer than verifying with it, and every claim verifies with one of few;
 * a key is a function of its text, so nothing but time depends on what is here.
 */
const keysRead = new Memo<KeyObject | undefined>(64);

/** The key in SPKI DER, base64url, if it is one of the algorithm. */
function keyOf(algorithm: SignatureAlgorithm, publicKey: string): KeyObject | undefined {
  return keysRead.get(`${algorithm} ${publicKey}`, () => readKey(algorithm, publicKey));
}

function readKey(algorithm: SignatureAlgorithm, publicKey: string): KeyObject | undefined {
  const { type, curve } = CURVES[algorithm];
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === type && key.asymmetricKeyDetails?.namedCurve === curve ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether `publicKey` (SPKI DER, base64url) is a key of the algorithm. */
export function isPublicKey(algorithm: SignatureAlgorithm, publicKey: string): boolean {
  return keyOf(algorithm, publicKey) !== undefined;
}

/**
 * Whether `signature` over `message` was made with the private half of `publicKey`.
 * ES256 signatures are the 64 bytes r‖s of RFC 7518, base64url; Ed25519 the 64 bytes of RFC 8032, base64url.
 * Malformed keys and signatures, and keys of another algorithm, are simply not valid.
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  publicKey: string,
  message: string,
  signature: string,
): boolean {
  const key = keyOf(algorithm, publicKey);
  if (key === undefined) return false;
  return verify(
    algorithm === 'ES256' ? 'sha256' : null,
    Buffer.from(message, 'utf8'),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
}
