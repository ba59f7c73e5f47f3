// Signatures as Fabric accepts them: ECDSA P-256 over SHA-256 in DER, with the lower of the two possible S.
// Fabric refuses a high S, because the same signature would have two forms, either of which anybody can make of the other.
import { sign } from 'node:crypto';
import { DER, derElement, derInteger, signatureHalves } from './der';
import type { Identity } from './identity';

/** Order of the P-256 group (SEC 2, section 2.4.2), and half of it as bytes. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = bytes32(ORDER >> 1n);

/** Signs a message with an identity's key. @returns DER */
export function signMessage(identity: Pick<Identity, 'privateKeyPem'>, message: Uint8Array): Uint8Array {
  return toLowS(sign('sha256', message, identity.privateKeyPem));
}

/** Whether a DER signature has its s in the lower half of the group. */
export function isLowS(der: Uint8Array): boolean {
  const { s } = signatureHalves(der);
  return s.length > 0 && isLow(s);
}

/** The same signature with its s in the lower half of the group; both verify. @param der as OpenSSL makes it */
export function toLowS(der: Uint8Array): Uint8Array {
  const { r, s } = signatureHalves(der);
  if (isLow(s)) return der;
  const low = bytes32(ORDER - BigInt(`0x${s.toString('hex')}`));
  return derElement(DER.sequence, Buffer.concat([derInteger(r), derInteger(low)]));
}

function isLow(magnitude: Buffer): boolean {
  const digits = magnitude[0] === 0 ? magnitude.subarray(1) : magnitude;
  return digits.length < 32 || (digits.length === 32 && digits.compare(HALF_ORDER) <= 0);
}

function bytes32(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}
