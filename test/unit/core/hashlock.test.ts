// Secrets of exactly 32 bytes, and the SHA-256 that locks are made of.
import { hashLockOf, opens, readSecret, SECRET_BYTES, sha256Hex, type SecretHex } from '@wattlock/core';
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { aSecret } from '../../support/domain';
import { refusalOf } from '../../support/refusal';

describe('a secret', () => {
  it('is exactly 32 bytes; every other length is refused with that length', () => {
    expect(readSecret(new Uint8Array(SECRET_BYTES))).to.equal('00'.repeat(32));
    for (const bytes of [0, 1, 16, 31, 33, 64]) {
      expect(refusalOf(() => readSecret(new Uint8Array(bytes)))).to.deep.equal({
        code: 'BAD_SECRET',
        details: { bytes },
      });
    }
  });

  it('that is absent is refused as one of no bytes', () => {
    expect(refusalOf(() => readSecret(undefined))).to.deep.equal({
      code: 'BAD_SECRET',
      details: { bytes: 0 },
    });
  });

  it('is never shown by its refusal', () => {
    const leaked = Buffer.alloc(31, 'k');
    expect(JSON.stringify(refusalOf(() => readSecret(leaked))))
      .not.to.contain('kk')
      .and.not.to.contain('6b6b');
  });
});

describe('a hash lock', () => {
  it('of 32 zero bytes is the SHA-256 known for them', () => {
    const known = '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925';
    expect(hashLockOf(readSecret(Buffer.alloc(32)))).to.equal(known);
  });

  it('is over the bytes of the secret, not over its text', () => {
    const { bytes, hex, hashLock } = aSecret();
    expect(hashLock).to.equal(createHash('sha256').update(bytes).digest('hex'));
    expect(hashLock).not.to.equal(sha256Hex(hex));
  });

  it('is opened by its own secret and by no other', () => {
    expect(opens(aSecret('a').hex, aSecret('a').hashLock)).to.equal(true);
    expect(opens(aSecret('b').hex, aSecret('a').hashLock)).to.equal(false);
  });

  it('is not opened by a record whose secret is not 32 bytes, though its hash be right', () => {
    const short = 'ab'.repeat(31) as SecretHex;
    expect(opens(short, hashLockOf(short))).to.equal(false);
    expect(opens(`${aSecret().hex}zz` as SecretHex, aSecret().hashLock)).to.equal(false);
  });
});
