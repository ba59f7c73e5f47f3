// A platform: both channels, opened for each of the organisations whose keys are at hand.
// In production a process holds one organisation; the demo, the benchmark and the tests hold all three.
import type { EpochMs, MspId, Parameters } from '@wattlock/core';
import type { Ledgers } from './port';

export type OrganisationRole = 'certifier' | 'generator' | 'auditor';
export type LedgerKind = 'embedded' | 'fabric';

export interface Platform {
  readonly kind: LedgerKind;
  readonly mspIds: Readonly<Record<OrganisationRole, MspId>>;
  /** Both channels through an organisation's own client and peer. */
  as(role: OrganisationRole): Ledgers;
  /** The platform's clock: the machine's, or the one injected into an embedded ledger. */
  now(): EpochMs;
  /** Resolves when the clock has reached an instant. An injected clock is moved there. */
  until(instant: EpochMs): Promise<void>;
  close(): Promise<void>;
}

/** What a new pair of channels is configured with. */
export type ChannelLimits = Omit<Parameters, 'roles' | 'power' | 'certificate'>;
