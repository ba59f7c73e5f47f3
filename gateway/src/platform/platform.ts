// A platform: both channels, opened for each of the organisations whose keys are at hand.
// In production a process holds one organisation; the demo, the benchmark and the tests hold all of them.
import { LEGS, type Leg, type MspId, type Parameters } from '@wattlock/core';
import type { Clock } from '../clock';
import type { Entropy } from '../entropy';
import type { LedgerChoice } from './choice';
import { type Ledger, LedgerError, type Ledgers } from '../ledger';
import { asSeenBy, type ByRole, type Members, type OrganisationRole } from './members';

/** Its clock is the machine's, or the one injected into an embedded ledger. */
export interface Platform extends Clock {
  /** Which ledger keeps each channel. */
  readonly ledger: LedgerChoice;
  /** Where nonces come from. */
  readonly entropy: Entropy;
  /** Who plays which role; of several generators the one that this platform was opened for. */
  readonly mspIds: ByRole<MspId>;
  /** Every generator organisation of the consortium. */
  readonly generators: readonly MspId[];
  /** Both channels through an organisation's own client and peer; certifier and generator endorse unless others are named. */
  as(role: OrganisationRole): Ledgers;
  /**
   * The same platform for dealing with another generator organisation, which plays its role and endorses there.
   * @throws LedgerError REQUEST_REFUSED when it is none of the generators.
   */
  withGenerator(mspId: MspId): Platform;
  /** Ends this platform and what was opened from it. */
  close(): Promise<void>;
}

/** What a new pair of channels is configured with. */
export type ChannelLimits = Omit<Parameters, 'roles' | 'power' | 'certificate'>;

/** Channels that one kind of ledger keeps. */
export interface OpenChannels {
  /**
   * A channel through an organisation's own client.
   * @param endorsers whose peers endorse by default.
   * @throws LedgerError REQUEST_REFUSED without its keys.
   */
  ledger(mspId: MspId, leg: Leg, endorsers: readonly MspId[]): Ledger;
  close(): Promise<void>;
}

/** What a platform is put together from; one holder of channels may keep both legs, or there is one for each. */
export interface PlatformParts {
  readonly ledger: LedgerChoice;
  readonly members: Members<MspId>;
  readonly channels: Readonly<Record<Leg, OpenChannels>>;
  readonly clock: Clock;
  readonly entropy: Entropy;
}

/** Puts a platform together; it closes what it is made of. */
export function newPlatform(parts: PlatformParts): Platform {
  const { ledger, members, channels, clock, entropy } = parts;
  const { generators } = members;
  const views = new Map<MspId, Platform>();
  const seenBy = (generator: number): Platform => {
    const mspIds = asSeenBy(members, generator);
    return {
      ledger,
      mspIds,
      generators,
      as: openOnce(channels, mspIds),
      withGenerator,
      entropy,
      now: () => clock.now(),
      until: (instant, signal) => clock.until(instant, signal),
      monotonic: () => clock.monotonic(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      after: (ms, work) => clock.after(ms, work),
      async close() {
        for (const each of new Set(LEGS.map((leg) => channels[leg]))) await each.close();
      },
    };
  };
  const withGenerator = (mspId: MspId): Platform => {
    const number = generators.indexOf(mspId);
    if (number < 0) throw new LedgerError('REQUEST_REFUSED', `${mspId} is no generator organisation here`);
    const view = views.get(mspId) ?? seenBy(number);
    views.set(mspId, view);
    return view;
  };
  return withGenerator(asSeenBy(members).generator);
}

/** The ledgers of each role, opened when they are first asked for. */
function openOnce(channels: PlatformParts['channels'], mspIds: ByRole<MspId>): Platform['as'] {
  const opened = new Map<OrganisationRole, Ledgers>();
  const endorsers = [mspIds.certifier, mspIds.generator];
  return (role) => {
    const ledgers = opened.get(role) ?? {
      power: channels.power.ledger(mspIds[role], 'power', endorsers),
      certificate: channels.certificate.ledger(mspIds[role], 'certificate', endorsers),
    };
    opened.set(role, ledgers);
    return ledgers;
  };
}
