// The little of ASN.1 DER that Fabric needs: whole elements, non-negative integers, and the two halves of a signature.
// Source: X.690 §8 and §10; RFC 3279 §2.2.3 (Ecdsa-Sig-Value).

/** Tags of X.690 that Fabric's own structures use. */
export const DER = { integer: 0x02, octets: 0x04, sequence: 0x30 } as const;

/** Tag, length and body. @param body less than 64 KiB */
export function derElement(tag: number, body: Uint8Array): Buffer {
  const { length } = body;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), body]);
}

/** A non-negative integer: as short as can be, with a zero in front where its first bit would mean a negative one. */
export function derInteger(magnitude: Uint8Array): Buffer {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const digits = magnitude.subarray(start);
  const negative = ((digits[0] ?? 0) & 0x80) !== 0;
  return derElement(DER.integer, negative ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

/** Magnitudes of r and s, with their leading zeros; empty where the bytes are no signature on a curve of 256 bits. */
export function signatureHalves(der: Uint8Array): { readonly r: Buffer; readonly s: Buffer } {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  if (bytes[0] !== DER.sequence) return { r: Buffer.alloc(0), s: Buffer.alloc(0) };
  const rEnd = 4 + (bytes[3] ?? 0);
  return { r: bytes.subarray(4, rEnd), s: bytes.subarray(rEnd + 2, rEnd + 2 + (bytes[rEnd + 1] ?? 0)) };
}
