// The four embodiments of patent JP6980288B2 as one table. Contracts, coordinator, documents and command line walk it;
// whoever needs to know who locks, claims or cancels first looks here and nowhere else.
import type { Leg } from './units';

/** The two parties of a swap. */
export type Party = 'certifier' | 'generator';

/** How assets are held: as accounts' records, or as outputs spent by transactions. */
export type Form = 'account' | 'utxo';

export type EmbodimentNumber = 1 | 2 | 3 | 4;

export interface Embodiment {
  readonly number: EmbodimentNumber;
  readonly form: Form;
  /** Who makes the secret and so makes the first claim. */
  readonly secretHolder: Party;
  /** The leg locked first, with the longer time lock; it is claimed last. */
  readonly firstLock: Leg;
  /** The leg locked second, with the shorter time lock; it is claimed first, which discloses the secret. */
  readonly secondLock: Leg;
  /** The leg that a cooperative cancellation releases first, so that the secret's holder gains nothing by stopping. */
  readonly cancelFirst: Leg;
  /** The patent's names of the steps: first lock, second lock, first claim, second claim. */
  readonly steps: readonly [string, string, string, string];
}

export const EMBODIMENTS: Readonly<Record<EmbodimentNumber, Embodiment>> = {
  1: {
    number: 1,
    form: 'utxo',
    secretHolder: 'generator',
    firstLock: 'power',
    secondLock: 'certificate',
    cancelFirst: 'certificate',
    steps: ['TX1', 'TX3', 'TX5', 'TX_TD'],
  },
  2: {
    number: 2,
    form: 'utxo',
    secretHolder: 'certifier',
    firstLock: 'certificate',
    secondLock: 'power',
    cancelFirst: 'power',
    steps: ["TX1'", "TX3'", "TX5'", "TX6'"],
  },
  3: {
    number: 3,
    form: 'account',
    secretHolder: 'generator',
    firstLock: 'power',
    secondLock: 'certificate',
    cancelFirst: 'certificate',
    steps: ['SC_TX1', 'SC_TX2, SC_TX3', 'SC_TX4', 'SC_TX5'],
  },
  4: {
    number: 4,
    form: 'account',
    secretHolder: 'certifier',
    firstLock: 'certificate',
    secondLock: 'power',
    cancelFirst: 'power',
    steps: ["SC_TX1', SC_TX2'", "SC_TX3'", "SC_TX4'", "SC_TX5'"],
  },
};

/** Who puts an asset under the lock of a leg: the generator its lots, the certifier the certificate. */
export const REGISTRANT: Readonly<Record<Leg, Party>> = { power: 'generator', certificate: 'certifier' };

/** Who may claim with the secret on a leg: the certifier destroys the lots, the generator takes the certificate. */
export const CLAIMANT: Readonly<Record<Leg, Party>> = { power: 'certifier', certificate: 'generator' };

/** The other leg. */
export function otherLeg(leg: Leg): Leg {
  return leg === 'power' ? 'certificate' : 'power';
}
