// The little of ASN.1 DER that Fabric needs: ECDSA signatures with a low S, and the block header that is hashed.
// Source: SEC 1 §C.5 (ECDSA-Sig-Value), FIPS 186-5 P-256, Fabric protoutil (block header).

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = Buffer.from((ORDER >> 1n).toString(16).padStart(64, '0'), 'hex');

function element(tag: number, body: Uint8Array): Buffer {
  const { length } = body;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), body]);
}

function integer(magnitude: Uint8Array): Buffer {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const digits = magnitude.subarray(start);
  const negative = ((digits[0] ?? 0) & 0x80) !== 0;
  return element(0x02, negative ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

/** DER of an ECDSA signature given as r and s of 32 bytes each, with s in the lower half of the group. */
export function lowSignature(rs: Buffer): Buffer {
  const r = rs.subarray(0, 32);
  let s = rs.subarray(32, 64);
  if (s.compare(HALF_ORDER) > 0) {
    const low = ORDER - BigInt(`0x${s.toString('hex')}`);
    s = Buffer.from(low.toString(16).padStart(64, '0'), 'hex');
  }
  return element(0x30, Buffer.concat([integer(r), integer(s)]));
}

/** Whether a DER signature has its s in the lower half of the group; Fabric refuses others. */
export function isLowSignature(der: Uint8Array): boolean {
  const rLength = der[3] ?? 0;
  const sLength = der[5 + rLength] ?? 0;
  const s = der.subarray(6 + rLength, 6 + rLength + sLength);
  if (der[0] !== 0x30 || s.length !== sLength || sLength === 0 || sLength > 33) return false;
  const padded = Buffer.alloc(33);
  padded.set(s, 33 - sLength);
  return padded[0] === 0 && padded.subarray(1).compare(HALF_ORDER) <= 0;
}

/** DER of a block header: SEQUENCE { number INTEGER, previousHash, dataHash OCTET STRING }. */
export function blockHeader(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Buffer {
  const digits = Buffer.alloc(8);
  digits.writeBigUInt64BE(BigInt(number));
  return element(
    0x30,
    Buffer.concat([integer(digits), element(0x04, previousHash), element(0x04, dataHash)]),
  );
}
