// The hash of a block's header, which the next block repeats.
import { sha256Hex } from '@wattlock/core';
import { blockHeaderBytes } from '@wattlock/protos';

/** SHA-256 of the header, lower-case hex. */
export function headerHashOf(number: number, previousHash: Uint8Array, dataHash: Uint8Array): string {
  return sha256Hex(blockHeaderBytes(number, previousHash, dataHash));
}
