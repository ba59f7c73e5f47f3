// A block's header: its number, and its hash, which the next block repeats.
import { Block } from '@hyperledger/fabric-protos/lib/common/common_pb';
import { sha256Hex } from '@wattlock/core';
import { blockHeaderBytes } from '@wattlock/protos';

/** The number and hash of a block, without its transactions. @throws Error when the bytes are no block. */
export function parseHeader(bytes: Uint8Array): { readonly number: number; readonly hash: string } {
  const header = Block.deserializeBinary(bytes).getHeader();
  if (header === undefined) throw new Error('A block has no header');
  const number = header.getNumber();
  return { number, hash: headerHashOf(number, header.getPreviousHash_asU8(), header.getDataHash_asU8()) };
}

/** SHA-256 of the header, lower-case hex. */
export function headerHashOf(number: number, previousHash: Uint8Array, dataHash: Uint8Array): string {
  return sha256Hex(blockHeaderBytes(number, previousHash, dataHash));
}
