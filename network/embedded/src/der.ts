// ECDSA signatures with a low S, as Fabric demands them, in ASN.1 DER.
// Source: SEC 1 §C.5 (ECDSA-Sig-Value), FIPS 186-5 P-256.

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

/** The same ECDSA signature with its s in the lower half of the group. @param der as OpenSSL makes it */
export function lowSignature(der: Buffer): Buffer {
  const { r, s } = split(der);
  if (isLow(s)) return der;
  const low = ORDER - BigInt(`0x${s.toString('hex')}`);
  const digits = Buffer.from(low.toString(16).padStart(64, '0'), 'hex');
  return element(0x30, Buffer.concat([integer(r), integer(digits)]));
}

/** Whether a DER signature has its s in the lower half of the group; Fabric refuses others. */
export function isLowSignature(der: Uint8Array): boolean {
  const { s } = split(Buffer.from(der.buffer, der.byteOffset, der.byteLength));
  return der[0] === 0x30 && s.length > 0 && isLow(s);
}

/** Magnitudes of r and s, with their leading zeros. */
function split(der: Buffer): { readonly r: Buffer; readonly s: Buffer } {
  const rEnd = 4 + (der[3] ?? 0);
  return { r: der.subarray(4, rEnd), s: der.subarray(rEnd + 2, rEnd + 2 + (der[rEnd + 1] ?? 0)) };
}

function isLow(magnitude: Buffer): boolean {
  const digits = magnitude[0] === 0 ? magnitude.subarray(1) : magnitude;
  return digits.length < 32 || (digits.length === 32 && digits.compare(HALF_ORDER) <= 0);
}
