// The form of a block's header that is hashed and signed: ASN.1 DER.
// Source: Fabric, protoutil.BlockHeaderBytes - SEQUENCE { number INTEGER, previousHash, dataHash OCTET STRING }.

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;

/** @param number of the block; hashes are SHA-256, the first block's previous hash empty */
export function blockHeaderBytes(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Buffer {
  const body = [
    element(INTEGER, digitsOf(number)),
    element(OCTET_STRING, previousHash),
    element(OCTET_STRING, dataHash),
  ];
  return element(SEQUENCE, Buffer.concat(body));
}

/** Tag, length and value; more than 127 bytes cannot occur here. */
function element(tag: number, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag, value.length), value]);
}

/** A non-negative number in the fewest bytes whose first bit is zero. */
function digitsOf(value: number): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
}
