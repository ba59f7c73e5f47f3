// Chance as everything here takes it: nonces, keys, the spread of pauses. One port with two forms, like the clock.
import { createHash, randomBytes } from 'node:crypto';

export interface Entropy {
  /** Fresh bytes that nobody can guess. */
  bytes(count: number): Uint8Array;
  /** A number from 0 to below 1, for what needs spreading and no secrecy. */
  fraction(): number;
}

/** The machine's. */
export const machineEntropy: Entropy = {
  bytes: (count) => randomBytes(count),
  fraction: () => Math.random(),
};

/**
 * The same bytes for the same seed, one after the other: SHA-256 of seed and a counter.
 * For tests and simulations alone: whoever knows the seed knows every nonce.
 */
export function seededEntropy(seed: string): Entropy {
  let blocks = 0;
  let rest = Buffer.alloc(0);
  const bytes = (count: number): Uint8Array => {
    while (rest.length < count) {
      rest = Buffer.concat([rest, createHash('sha256').update(`${seed}/${blocks++}`).digest()]);
    }
    const taken = Uint8Array.from(rest.subarray(0, count));
    rest = rest.subarray(count);
    return taken;
  };
  return { bytes, fraction: () => Buffer.from(bytes(6)).readUIntBE(0, 6) / 2 ** 48 };
}

/** Fresh bytes as hexadecimal digits. */
export function freshHex(entropy: Pick<Entropy, 'bytes'>, bytes: number): string {
  return Buffer.from(entropy.bytes(bytes)).toString('hex');
}
