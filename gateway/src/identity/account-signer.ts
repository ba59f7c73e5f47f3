// An account with its private key at hand: what signs claims and cancellations for a party.
// The key never leaves this object; what goes to the ledger is its public half.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { AccountId, AccountKey } from '@wattlock/core';

export interface AccountSigner {
  readonly id: AccountId;
  /** The public half, as it is registered on the ledger. */
  readonly key: AccountKey;
  /** ES256 (RFC 7518) over the UTF-8 bytes of a message: the 64 bytes r‖s, base64url. */
  sign(message: string): string;
}

/** A new P-256 private key in PKCS#8 PEM. */
export function newAccountKeyPem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The signer of an account. @throws Error when the PEM holds no private key. */
export function newAccountSigner(id: AccountId, privateKeyPem: string): AccountSigner {
  const privateKey = createPrivateKey(privateKeyPem);
  return {
    id,
    key: { algorithm: 'ES256', publicKey: publicKeyOf(privateKey) },
    sign: (message) =>
      sign('sha256', Buffer.from(message, 'utf8'), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      }).toString('base64url'),
  };
}

function publicKeyOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64url');
}
