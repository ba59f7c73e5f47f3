// Opens channels of real peers for every organisation whose client keys are here.
import type { MspId } from '@wattlock/core';
import { KeyError } from '../identity';
import { type Deadlines, DEFAULT_DEADLINES, type Ledger } from '../ledger';
import { type Connection, newConnection, newFabricLedger, type PeerAccess } from '../ledger/fabric';
import { CHAINCODES, CHANNELS } from './names';
import type { Members } from './members';
import { newPlatform, type OpenChannels, type Platform } from './platform';
import { machineClock } from '../clock';
import { machineEntropy } from '../entropy';

export type { PeerAccess } from '../ledger/fabric';

export interface FabricPlatformOptions {
  readonly members: Members<MspId>;
  /** Peers of the organisations whose client keys this process holds. */
  readonly peers: readonly PeerAccess[];
  /** Why there is no peer of an organisation, by MSP id. */
  readonly absent?: ReadonlyMap<string, Error>;
  readonly deadlines?: Deadlines;
}

/** Nothing is dialled before the first call, so this does not fail when the network is down. */
export function openFabricPlatform(options: FabricPlatformOptions): Platform {
  const channels = openFabricChannels(options);
  return newPlatform({
    ledger: 'fabric',
    members: options.members,
    channels: { power: channels, certificate: channels },
    clock: machineClock,
    entropy: machineEntropy,
  });
}

/** The network's channels, through one connection for each organisation. */
export function openFabricChannels(options: FabricPlatformOptions): OpenChannels {
  const connections = new Map<MspId, Connection>();
  const opened: Ledger[] = [];
  const connectionOf = (mspId: MspId): Connection => {
    const access = options.peers.find((peer) => peer.mspId === mspId);
    if (access === undefined) {
      throw options.absent?.get(mspId) ?? new KeyError('KEY_NOT_HERE', `No client key of ${mspId} here`);
    }
    const connection = connections.get(mspId) ?? newConnection(access, machineClock);
    connections.set(mspId, connection);
    return connection;
  };
  return {
    holds: (mspId) => options.peers.some((peer) => peer.mspId === mspId),
    ledger(mspId, leg, endorsers) {
      const ledger = newFabricLedger({
        leg,
        channel: CHANNELS[leg],
        chaincode: CHAINCODES[leg],
        connection: connectionOf(mspId),
        endorsers,
        clock: machineClock,
        entropy: machineEntropy,
        deadlines: options.deadlines ?? DEFAULT_DEADLINES,
      });
      opened.push(ledger);
      return ledger;
    },
    async close() {
      await Promise.all(opened.map((ledger) => ledger.close()));
      for (const connection of connections.values()) connection.close();
    },
  };
}
