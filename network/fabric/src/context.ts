// What every step of the launcher works with.
import type { SavedNetwork } from './description';
import type { Programs } from './programs';

export interface Context {
  /** Absolute path of the network's folder. */
  readonly folder: string;
  readonly programs: Programs;
  readonly network: SavedNetwork;
  /** Tells the reader what is being done, one line at a time. */
  readonly say: (line: string) => void;
}
