// What a network consists of: kept as network.json in its folder, paths relative to that folder.
// Process ids are not in it: they live in one file a process and are joined when a description is read.
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NetworkError } from './errors';
import type { FabricVersion } from './fabric-version';
import { processRecord } from './process-record';
import type { BatchSettings, NetworkProfile, OrganisationRole } from './profile';

const FORMAT = 1;
export const NETWORK_FILE = 'network.json';

export interface UserDescription {
  /** `admin` or `client`. */
  readonly name: string;
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

export interface PeerDescription {
  /** `localhost:port`, the name its TLS certificate carries. */
  readonly address: string;
  readonly tlsCaCertificateFile: string;
  /** Health and metrics, HTTPS with a client certificate of the same organisation; unknown in an adopted network. */
  readonly operationsAddress?: string;
}

export interface OrganisationDescription {
  readonly role: OrganisationRole;
  readonly name: string;
  readonly mspId: string;
  readonly peer: PeerDescription;
  readonly users: readonly UserDescription[];
}

export interface OrdererDescription extends PeerDescription {
  /** Such as `orderer1`; also the name of its process. */
  readonly name: string;
  /** Where channels are joined, HTTPS with a client certificate. */
  readonly adminAddress: string;
  readonly operationsAddress: string;
}

export interface ChaincodeDescription {
  readonly name: string;
  readonly version: string;
  readonly packageId: string;
  readonly sequence: number;
}

export interface ChannelDescription {
  readonly name: string;
  readonly chaincodes: readonly ChaincodeDescription[];
}

/** One organisation's process that serves one chaincode. */
export interface ServerDescription {
  readonly chaincode: string;
  /** Name of the organisation. */
  readonly organisation: string;
  /** `127.0.0.1:port` */
  readonly address: string;
  readonly packageId: string;
  /** Absolute path of the program. */
  readonly serverModule: string;
}

export interface ProcessDescription {
  readonly name: string;
  /** Absent when the process does not run. */
  readonly pid?: number;
  readonly log: string;
}

/** What network.json holds. */
export interface SavedNetwork {
  readonly format: typeof FORMAT;
  /**
   * `preparing` until the first `up` has come to its end; such a network is made anew.
   * `adopted`: others run it, and this describes it to our clients.
   */
  readonly state: 'preparing' | 'ready' | 'adopted';
  readonly profile: NetworkProfile;
  readonly batch: BatchSettings;
  /** The release the channels were made for. */
  readonly fabric: FabricVersion;
  readonly organisations: readonly OrganisationDescription[];
  readonly orderers: readonly OrdererDescription[];
  readonly channels: readonly ChannelDescription[];
  readonly servers: readonly ServerDescription[];
}

export interface NetworkDescription extends SavedNetwork {
  /** Absolute path that all other paths are relative to. */
  readonly folder: string;
  readonly processes: readonly ProcessDescription[];
}

/** Reads a network's description. @throws NetworkError NETWORK_NOT_FOUND */
export function readNetwork(folder: string): NetworkDescription {
  const saved = readSaved(folder);
  if (saved === undefined) throw new NetworkError('NETWORK_NOT_FOUND', `No network in ${folder}`);
  return describe(folder, saved);
}

/** @returns undefined when the folder holds no network. */
export function readSaved(folder: string): SavedNetwork | undefined {
  const file = join(folder, NETWORK_FILE);
  if (!existsSync(file)) return undefined;
  const saved = JSON.parse(readFileSync(file, 'utf8')) as Omit<SavedNetwork, 'format'> & { format: number };
  if (saved.format !== FORMAT) {
    throw new NetworkError('NETWORK_NOT_FOUND', `${file} has format ${saved.format}, this is for ${FORMAT}`);
  }
  return { ...saved, format: FORMAT };
}

/** Writes a description as one step: a reader sees the old or the new one. */
export async function saveNetwork(folder: string, saved: SavedNetwork): Promise<void> {
  const file = join(folder, NETWORK_FILE);
  await writeFile(`${file}.new`, `${JSON.stringify(saved, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}

/** Joins what is saved with the processes that run. */
export function describe(folder: string, saved: SavedNetwork): NetworkDescription {
  const processes = processNames(saved).map((name): ProcessDescription => {
    const running = processRecord(folder, name);
    const log = logFile(name);
    return running === undefined ? { name, log } : { name, pid: running.pid, log };
  });
  return { ...saved, folder: resolve(folder), processes };
}

/** Names of all processes: `orderer1`, `peer.certifier`, `power-info.certifier`, …; none of an adopted network. */
export function processNames({ state, orderers, organisations, servers }: SavedNetwork): string[] {
  if (state === 'adopted') return [];
  return [
    ...orderers.map(({ name }) => name),
    ...organisations.map(({ name }) => peerProcess(name)),
    ...servers.map(serverProcess),
  ];
}

export const peerProcess = (organisation: string): string => `peer.${organisation}`;
export const serverProcess = ({
  chaincode,
  organisation,
}: Pick<ServerDescription, 'chaincode' | 'organisation'>): string => `${chaincode}.${organisation}`;
export const logFile = (process: string): string => join('logs', `${process}.log`);

/** Where a peer listens. */
export const addressesOf = ({ address, operationsAddress }: PeerDescription): string[] =>
  operationsAddress === undefined ? [address] : [address, operationsAddress];
