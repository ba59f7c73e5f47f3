// The four embodiments of patent JP6980288B2 as one table. Contracts, coordinator, documents and command line walk it;
// whoever needs to know who locks, claims or cancels first looks here and nowhere else.
import type { Leg } from './units';

/** The two parties of a swap. */
export type Party = 'certifier' | 'generator';

/** How assets are held: as accounts' records, or as outputs spent by transactions. */
export const FORMS = { account: 'account form', outputs: 'output form' } as const;
export type Form = keyof typeof FORMS;

export const EMBODIMENT_NUMBERS = [1, 2, 3, 4] as const;
export type EmbodimentNumber = (typeof EMBODIMENT_NUMBERS)[number];

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
  /**
   * Whether the lock of the power leg must carry the certifier's standing authorisation: where the certificate is
   * claimed before the lots are destroyed, a certifier that is offline must not keep others from finishing.
   */
  readonly standingAuthorisation: boolean;
  /** The patent's names of the steps. */
  readonly steps: Readonly<Record<StepName, string>>;
}

/**
 * The steps of a swap, in their order. `issue` makes the value information that the certificate's lock takes;
 * refunds are transactions of the output form alone, the account form withdraws by a function of its contract.
 */
export const STEP_NAMES = [
  'issue',
  'firstLock',
  'firstRefund',
  'secondLock',
  'secondRefund',
  'firstClaim',
  'secondClaim',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

export const EMBODIMENTS: Readonly<Record<EmbodimentNumber, Embodiment>> = {
  1: {
    number: 1,
    form: 'outputs',
    secretHolder: 'generator',
    firstLock: 'power',
    secondLock: 'certificate',
    cancelFirst: 'certificate',
    standingAuthorisation: true,
    steps: {
      issue: 'TX_TK',
      firstLock: 'TX1',
      firstRefund: 'TX2',
      secondLock: 'TX3',
      secondRefund: 'TX4',
      firstClaim: 'TX5',
      secondClaim: 'TX_TD',
    },
  },
  2: {
    number: 2,
    form: 'outputs',
    secretHolder: 'certifier',
    firstLock: 'certificate',
    secondLock: 'power',
    cancelFirst: 'power',
    standingAuthorisation: false,
    steps: {
      issue: 'TX_TK',
      firstLock: "TX1'",
      firstRefund: "TX2'",
      secondLock: "TX3'",
      secondRefund: "TX4'",
      firstClaim: "TX5'",
      secondClaim: "TX6'",
    },
  },
  3: {
    number: 3,
    form: 'account',
    secretHolder: 'generator',
    firstLock: 'power',
    secondLock: 'certificate',
    cancelFirst: 'certificate',
    standingAuthorisation: true,
    steps: {
      issue: 'SC_TX2',
      firstLock: 'SC_TX1',
      firstRefund: 'Withdraw',
      secondLock: 'SC_TX3',
      secondRefund: 'Withdraw',
      firstClaim: 'SC_TX4',
      secondClaim: 'SC_TX5',
    },
  },
  4: {
    number: 4,
    form: 'account',
    secretHolder: 'certifier',
    firstLock: 'certificate',
    secondLock: 'power',
    cancelFirst: 'power',
    standingAuthorisation: false,
    steps: {
      issue: "SC_TX1'",
      firstLock: "SC_TX2'",
      firstRefund: 'Withdraw',
      secondLock: "SC_TX3'",
      secondRefund: 'Withdraw',
      firstClaim: "SC_TX4'",
      secondClaim: "SC_TX5'",
    },
  },
};

/** Who puts an asset under the lock of a leg: the generator its lots, the certifier the certificate. */
export const REGISTRANT: Readonly<Record<Leg, Party>> = { power: 'generator', certificate: 'certifier' };

/** Who may claim with the secret on a leg: the certifier destroys the lots, the generator takes the certificate. */
export const CLAIMANT: Readonly<Record<Leg, Party>> = { power: 'certifier', certificate: 'generator' };

/** A transaction of one leg: the one that locks it, the one that gives it back, the one that takes it. */
export type LegStep = 'lock' | 'refund' | 'claim';

const FIRST = { lock: 'firstLock', refund: 'firstRefund', claim: 'secondClaim' } as const;
const SECOND = { lock: 'secondLock', refund: 'secondRefund', claim: 'firstClaim' } as const;

/** The patent's name of a leg's step; the leg locked first is claimed last. */
export function stepOf(row: Embodiment, leg: Leg, step: LegStep): string {
  return row.steps[(row.firstLock === leg ? FIRST : SECOND)[step]];
}

/** The other leg. */
export function otherLeg(leg: Leg): Leg {
  return leg === 'power' ? 'certificate' : 'power';
}
