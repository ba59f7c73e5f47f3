// The hash of a block's header, which the next block repeats: SHA-256 over its ASN.1 DER form.
// Source: Fabric, protoutil.BlockHeaderBytes - SEQUENCE { number INTEGER, previousHash, dataHash OCTET STRING }.
import { Block } from '@hyperledger/fabric-protos/lib/common/common_pb';
import { sha256Hex } from '@wattlock/core';

/** The number and hash of a block, without its transactions. @throws Error when the bytes are no block. */
export function parseHeader(bytes: Uint8Array): { readonly number: number; readonly hash: string } {
  const header = Block.deserializeBinary(bytes).getHeader();
  if (header === undefined) throw new Error('A block has no header');
  const number = header.getNumber();
  return { number, hash: headerHashOf(number, header.getPreviousHash_asU8(), header.getDataHash_asU8()) };
}

/** SHA-256 of the header, lower-case hex. */
export function headerHashOf(number: number, previousHash: Uint8Array, dataHash: Uint8Array): string {
  const body = Buffer.concat([der(0x02, integerBytes(number)), der(0x04, previousHash), der(0x04, dataHash)]);
  return sha256Hex(der(0x30, body));
}

/** Tag, length and value; lengths above 127 would need more than this, and cannot occur here. */
function der(tag: number, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag, value.length), value]);
}

/** A non-negative number in the fewest bytes whose first bit is zero. */
function integerBytes(value: number): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return (bytes[0] as number) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}
