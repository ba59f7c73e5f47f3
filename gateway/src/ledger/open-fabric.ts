// Opens a platform of real peers for every organisation whose client keys are at hand.
import type { EpochMs, Leg, MspId } from '@wattlock/core';
import { DEFAULT_DEADLINES, type Deadlines } from './deadlines';
import { newConnection, type Connection, type PeerAccess } from './fabric/connection';
import { newFabricLedger } from './fabric/ledger';
import { LedgerError } from './errors';
import { CHAINCODES, CHANNELS } from './names';
import type { OrganisationRole, Platform } from './platform';
import type { Ledger, Ledgers } from './port';
import { reach } from './reach';

export type { PeerAccess } from './fabric/connection';

export interface FabricPlatformOptions {
  readonly mspIds: Readonly<Record<OrganisationRole, MspId>>;
  /** Peers of the organisations whose client keys this process holds. */
  readonly peers: Readonly<Partial<Record<OrganisationRole, PeerAccess>>>;
  readonly deadlines?: Deadlines;
}

/** Nothing is dialled before the first call, so this does not fail when the network is down. */
export function openFabricPlatform(options: FabricPlatformOptions): Platform {
  const { mspIds, peers } = options;
  const connections = new Map<OrganisationRole, Connection>();
  const opened = new Map<OrganisationRole, Ledgers>();
  const now = (): EpochMs => Date.now() as EpochMs;

  const ledgersOf = (role: OrganisationRole): Ledgers => {
    const access = peers[role];
    if (access === undefined) throw new LedgerError('REQUEST_REFUSED', `No client keys of the ${role} here`);
    const connection = newConnection(access);
    connections.set(role, connection);
    const ledgerOf = (leg: Leg): Ledger =>
      newFabricLedger({
        leg,
        channel: CHANNELS[leg],
        chaincode: CHAINCODES[leg],
        connection,
        endorsers: [mspIds.certifier, mspIds.generator],
        now,
        deadlines: options.deadlines ?? DEFAULT_DEADLINES,
      });
    return { power: ledgerOf('power'), certificate: ledgerOf('certificate') };
  };

  return {
    kind: 'fabric',
    mspIds,
    as(role) {
      const ledgers = opened.get(role) ?? ledgersOf(role);
      opened.set(role, ledgers);
      return ledgers;
    },
    now,
    until: (instant) => reach(instant, now),
    async close() {
      for (const { power, certificate } of opened.values()) {
        await Promise.all([power.close(), certificate.close()]);
      }
      for (const connection of connections.values()) connection.close();
    },
  };
}
