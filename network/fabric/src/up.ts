// Bringing a network up: a new one, or again one that was stopped or died.
import { resolve } from 'node:path';
import { waitForLeaders } from './channel-steps';
import type { Context } from './context';
import { deployOn } from './deploy';
import {
  describe,
  processNames,
  readSaved,
  saveNetwork,
  type NetworkDescription,
  type SavedNetwork,
} from './description';
import { NetworkError } from './errors';
import { prepareFolder, removeFolder, removeNetworkFiles, whileLocked } from './folder';
import { fabricVersion } from './fabric-version';
import { foundNetwork } from './found-network';
import { planNetwork, type ChaincodeDeployment } from './plan';
import { launch, stopProcesses } from './process';
import { DEFAULT_BATCH, THREE_ORGANISATIONS, type BatchSettings, type NetworkProfile } from './profile';
import { requirePrograms, type Programs } from './programs';
import { waitUntilUsable } from './ready';
import { allSpecs } from './specs';
import { stateOf } from './status';
import { isPortInUse, together } from './together';

export interface NetworkOptions {
  /** Where everything is kept; made when it is not there. */
  readonly folder: string;
  /** Default: certifier, generator and auditor. */
  readonly profile?: NetworkProfile;
  /** Raft orderers; default 1. */
  readonly orderers?: 1 | 3;
  readonly chaincodes: readonly ChaincodeDeployment[];
  readonly batch?: Partial<BatchSettings>;
  /** Called with one line for each stage. */
  readonly onProgress?: (line: string) => void;
}

/**
 * Brings a network up and returns when every organisation's peer answers for every chaincode through every gateway.
 * A stopped network starts again with its ledgers: profile, orderers and batch stay, changed chaincode is redeployed.
 * A new network that fails leaves nothing behind.
 * @throws NetworkError PROGRAMS_MISSING, NETWORK_ALREADY_UP, FOLDER_NOT_EMPTY, PORT_IN_USE, PROCESS_FAILED, …
 */
export async function networkUp(options: NetworkOptions): Promise<NetworkDescription> {
  const programs = requirePrograms();
  const folder = resolve(options.folder);
  await prepareFolder(folder);
  try {
    const network = await whileLocked(folder, () => {
      const saved = readSaved(folder);
      return saved === undefined || saved.state === 'preparing'
        ? startNew(folder, programs, saved, options)
        : startAgain(folder, programs, saved, options);
    });
    return describe(folder, network);
  } catch (error) {
    await removeFolder(folder); // when nothing is in it
    throw error;
  }
}

async function startNew(
  folder: string,
  programs: Programs,
  remains: SavedNetwork | undefined,
  options: NetworkOptions,
): Promise<SavedNetwork> {
  if (remains !== undefined) await clear(folder, remains);
  try {
    return await attempt(folder, programs, options);
  } catch (error) {
    if (!isPortInUse(error)) throw error;
    options.onProgress?.('A port was taken in the meantime; trying other ports');
    return attempt(folder, programs, options);
  }
}

async function attempt(folder: string, programs: Programs, options: NetworkOptions): Promise<SavedNetwork> {
  const { profile = THREE_ORGANISATIONS, orderers = 1, chaincodes, onProgress } = options;
  const batch = { ...DEFAULT_BATCH, ...options.batch };
  const network = await planNetwork(profile, orderers, batch, await fabricVersion(programs));
  const context: Context = { folder, programs, network, say: onProgress ?? (() => undefined) };
  try {
    return await foundNetwork(context, chaincodes);
  } catch (error) {
    await clear(folder, readSaved(folder) ?? network);
    throw error;
  }
}

/** Stops what an unfinished attempt started and removes what it wrote. */
async function clear(folder: string, network: SavedNetwork): Promise<void> {
  await stopProcesses(folder, processNames(network));
  await removeNetworkFiles(folder);
}

/**
 * Addresses are part of the channels' configuration, so a stopped network cannot move to other ports. What this
 * started and could not bring to its end, it stops again.
 */
async function startAgain(
  folder: string,
  programs: Programs,
  saved: SavedNetwork,
  { chaincodes, onProgress }: NetworkOptions,
): Promise<SavedNetwork> {
  const { state, missing } = stateOf(describe(folder, saved));
  if (state === 'up') {
    throw new NetworkError('NETWORK_ALREADY_UP', `The network in ${folder} is already up`);
  }
  const say = onProgress ?? (() => undefined);
  const moved = withServerModules(saved, chaincodes);
  const context: Context = { folder, programs, network: moved, say };
  say('Starting the network again, with its ledgers');
  await saveNetwork(folder, moved);
  const stopped = allSpecs(describe(folder, moved), programs).filter(({ name }) => missing.includes(name));
  try {
    await together(stopped.map((spec) => launch(folder, spec)));
    await together(saved.orderers.map((orderer) => waitForLeaders(context, orderer)));
    say('Waiting until every peer answers through every gateway');
    await waitUntilUsable(context);
  } catch (error) {
    await stopProcesses(folder, missing);
    throw error;
  }
  let network = moved;
  for (const chaincode of chaincodes) network = await deployOn({ ...context, network }, chaincode);
  return network;
}

/** The chaincodes' programs may be elsewhere than they were when the network was made. */
function withServerModules(saved: SavedNetwork, chaincodes: readonly ChaincodeDeployment[]): SavedNetwork {
  const modules = new Map(chaincodes.map(({ name, serverModule }) => [name, resolve(serverModule)]));
  const servers = saved.servers.map((server) => ({
    ...server,
    serverModule: modules.get(server.chaincode) ?? server.serverModule,
  }));
  return { ...saved, servers };
}

/** Stops a network; its ledgers stay, and `networkUp` starts it again, unless they are to be removed. */
export async function networkDown(
  folder: string,
  options: { readonly remove?: boolean } = {},
): Promise<void> {
  const place = resolve(folder);
  const saved = readSaved(place);
  if (saved === undefined) throw new NetworkError('NETWORK_NOT_FOUND', `No network in ${place}`);
  await whileLocked(place, async () => {
    await stopProcesses(place, processNames(saved));
    if (options.remove === true) await removeNetworkFiles(place);
  });
  if (options.remove === true) await removeFolder(place);
}
