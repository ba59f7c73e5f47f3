// Keys that signatures are verified with are read once; that must not show in any answer.
import { verifySignature } from '@wattlock/core';
import { expect } from 'chai';
import { aSigner } from '../../support/domain';

describe('verifying with many keys', () => {
  it('tells every signer apart, however many there were before', () => {
    const signers = Array.from({ length: 70 }, () => aSigner('Ed25519'));
    for (const round of ['first', 'again']) {
      signers.forEach((signer, i) => {
        const { key } = signer;
        const signature = signer.sign(round);
        const other = signers[(i + 1) % signers.length] ?? { key };
        expect(verifySignature('Ed25519', key.publicKey, round, signature)).to.equal(true);
        expect(verifySignature('Ed25519', other.key.publicKey, round, signature)).to.equal(false);
        expect(verifySignature('ES256', key.publicKey, round, signature)).to.equal(false);
      });
    }
  });
});
