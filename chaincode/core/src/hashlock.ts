// Hash locks: a 32-byte secret and its SHA-256. Whoever shows the secret opens the lock.
import { sha256Hex } from './digest';
import { fail } from './errors';
import type { HashLock } from './units';

/** Length of a secret in bytes; any other length is refused, so that no two chains differ in what they accept. */
export const SECRET_BYTES = 32;

/** A secret as 64 lower-case hex digits, the form in which a disclosed one is recorded. */
export type SecretHex = string & { readonly secret: unique symbol };

const SECRET = /^[0-9a-f]{64}$/;

/** Reads a secret. @throws BAD_SECRET unless it has exactly 32 bytes. */
export function readSecret(bytes: Uint8Array | undefined): SecretHex {
  if (bytes?.length !== SECRET_BYTES) return fail('BAD_SECRET', { bytes: bytes?.length ?? 0 });
  return Buffer.from(bytes).toString('hex') as SecretHex;
}

/** The hash lock of a secret: SHA-256 over its 32 bytes. */
export function hashLockOf(secret: SecretHex): HashLock {
  return sha256Hex(Buffer.from(secret, 'hex')) as HashLock;
}

/** Whether the secret opens the lock. One read from a ledger may be anything: other than 32 bytes opens nothing. */
export function opens(secret: SecretHex, lock: HashLock): boolean {
  return SECRET.test(secret) && hashLockOf(secret) === lock;
}
