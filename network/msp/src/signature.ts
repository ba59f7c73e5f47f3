// Signatures as Fabric accepts them: ECDSA over SHA-256 in DER, with the lower of the two possible S.
import { sign } from 'node:crypto';
import type { Identity } from './identity';

const CURVE_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * Signs a message with an identity's key. Signatures are random and half of them are low-S: it signs until one is.
 * Source: Fabric refuses a high S, because the same signature would have two forms.
 */
export function signMessage(identity: Pick<Identity, 'privateKeyPem'>, message: Uint8Array): Uint8Array {
  for (;;) {
    const signature = sign('sha256', message, identity.privateKeyPem);
    if (isLowS(signature)) return signature;
  }
}

/** A P-256 signature in DER is short: tag, length, then r and s, each with tag, length and bytes (RFC 3279, 2.2.3). */
export function isLowS(der: Uint8Array): boolean {
  const sHeader = 4 + (der[3] ?? 0);
  const s = Buffer.from(der.subarray(sHeader + 2)).toString('hex');
  return BigInt(`0x${s}`) <= CURVE_ORDER / 2n;
}
