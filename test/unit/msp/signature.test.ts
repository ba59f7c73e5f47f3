// Low S and its DER: each signature in the one form that Fabric takes, still verified by its key.
import { DER, derElement, derInteger, isLowS, signMessage, toLowS } from '@wattlock/msp';
import { expect } from 'chai';
import { generateKeyPairSync, sign, verify } from 'node:crypto';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF = ORDER >> 1n;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const signature = (r: bigint, s: bigint): Buffer =>
  derElement(DER.sequence, Buffer.concat([derInteger(bytesOf(r)), derInteger(bytesOf(s))]));

describe('a signature in the form that Fabric takes', () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const message = Buffer.from('message');

  it('has a low s, whatever OpenSSL made, and is verified by the same key', () => {
    const made = Array.from({ length: 64 }, () => sign('sha256', message, keys.privateKey));
    expect(new Set(made.map(isLowS)), 'both forms among 64').to.deep.equal(new Set([true, false]));
    for (const der of made) {
      const low = toLowS(der);
      expect(isLowS(low)).to.equal(true);
      expect(verify('sha256', message, keys.publicKey, low)).to.equal(true);
    }
  });

  it('is what an identity signs with', () => {
    const privateKeyPem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (let time = 0; time < 16; time++) {
      const der = signMessage({ privateKeyPem }, message);
      expect([isLowS(der), verify('sha256', message, keys.publicKey, der)]).to.deep.equal([true, true]);
    }
  });

  const BORDERS: readonly (readonly [what: string, s: bigint, low: boolean])[] = [
    ['the smallest s', 1n, true],
    ['an s of half the order', HALF, true],
    ['the s after it', HALF + 1n, false],
    ['the largest s', ORDER - 1n, false],
  ];
  for (const [what, s, low] of BORDERS) {
    it(`tells ${what} ${low ? 'low' : 'high'}, and makes one form of it and its other`, () => {
      const der = signature(5n, s);
      expect(isLowS(der)).to.equal(low);
      expect(hex(toLowS(der))).to.equal(hex(low ? der : signature(5n, ORDER - s)));
    });
  }

  it('is not what has another tag or no s', () => {
    const low = signature(5n, 5n);
    for (const bytes of [
      Buffer.of(),
      Buffer.of(0x30),
      low.subarray(0, 5),
      Buffer.concat([Buffer.of(0x31), low.subarray(1)]),
    ])
      expect(isLowS(bytes), hex(bytes)).to.equal(false);
  });
});

describe('DER', () => {
  it('writes integers as short as can be, and never negative', () => {
    const CASES = {
      '00': '020100',
      '0000': '020100',
      '7f': '02017f',
      '80': '02020080',
      '0080': '02020080',
      '0102': '02020102',
    };
    for (const [magnitude, der] of Object.entries(CASES)) {
      expect(hex(derInteger(Buffer.from(magnitude, 'hex'))), magnitude).to.equal(der);
    }
  });

  it('writes lengths in one, two and three bytes', () => {
    const CASES = {
      0: '0400',
      127: '047f',
      128: '048180',
      255: '0481ff',
      256: '04820100',
      65_535: '0482ffff',
    };
    for (const [length, head] of Object.entries(CASES)) {
      const der = derElement(DER.octets, Buffer.alloc(Number(length)));
      expect(hex(der.subarray(0, head.length / 2)), length).to.equal(head);
      expect(der.length).to.equal(head.length / 2 + Number(length));
    }
  });
});
