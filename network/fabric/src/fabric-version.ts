// Which releases of Fabric a network can be made with, and which channel capability they know.
import { NetworkError } from './errors';
import { programVersion, type Programs } from './programs';

/** The first good release of each line: earlier ones have known faults in the gateway or in Raft. */
const OLDEST: readonly (readonly [number, number, number])[] = [
  [2, 5, 16],
  [3, 1, 5],
];

export interface FabricVersion {
  /** As the peer reports it; a build of one's own may report any text. */
  readonly text: string;
  /** Capability of the Channel group in the genesis block. */
  readonly channelCapability: 'V2_0' | 'V3_0';
}

/** @throws NetworkError PROGRAMS_MISSING when the peer is too old */
export async function fabricVersion(programs: Programs): Promise<FabricVersion> {
  const text = (await programVersion(programs, 'peer')) ?? 'unknown';
  if (!isSupported(text)) {
    throw new NetworkError(
      'PROGRAMS_MISSING',
      `Fabric ${text} is too old: 2.5.16 or 3.1.5 is needed, or later`,
    );
  }
  return { text, channelCapability: numbersOf(text)?.[0] === 2 ? 'V2_0' : 'V3_0' };
}

/** Whether a release will do. A version that is no number, as of one's own build, is taken as new. */
export function isSupported(version: string): boolean {
  const numbers = numbersOf(version);
  if (numbers === undefined) return true;
  const [major] = numbers;
  const oldest = OLDEST.find(([line]) => line === major);
  return oldest === undefined ? major > 3 : compare(numbers, oldest) >= 0;
}

function numbersOf(version: string): [number, number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

function compare(left: readonly number[], right: readonly number[]): number {
  const differing = left.findIndex((number, index) => number !== right[index]);
  return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}
