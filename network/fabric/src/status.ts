// What is there and what runs.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, readNetwork, readSaved, type NetworkDescription } from './description';
import { NetworkError } from './errors';
import { lastLines, readFrom } from './log';

/**
 * `absent`: no network; `down`: no process runs; `partial`: some do, or it was not finished; `up`: all run.
 * An adopted network counts as up: whether it is, only calling it can tell.
 */
export type NetworkState = 'absent' | 'down' | 'partial' | 'up';

export interface NetworkStatus {
  readonly state: NetworkState;
  readonly folder: string;
  /** Absent when there is no network. */
  readonly network?: NetworkDescription;
  /** Names of processes that do not run. */
  readonly missing: readonly string[];
}

/** Looks at a folder; changes nothing and needs no program of Fabric's. */
export function networkStatus(folder: string): Promise<NetworkStatus> {
  return Promise.resolve(resolve(folder)).then((place): NetworkStatus => {
    const saved = readSaved(place);
    if (saved === undefined) return { state: 'absent', folder: place, missing: [] };
    const network = describe(place, saved);
    return { folder: place, network, ...stateOf(network) };
  });
}

/** @throws NetworkError NETWORK_NOT_FOUND, or NETWORK_DOWN with the processes that do not run */
export function requireUp(folder: string): NetworkDescription {
  const network = readNetwork(folder);
  const { state, missing } = stateOf(network);
  if (state !== 'up') throw new NetworkError('NETWORK_DOWN', `The network in ${folder} is not up`, missing);
  return network;
}

export function stateOf(network: NetworkDescription): Pick<NetworkStatus, 'state' | 'missing'> {
  if (network.state === 'adopted') return { state: 'up', missing: [] };
  const missing = network.processes.filter(({ pid }) => pid === undefined).map(({ name }) => name);
  if (missing.length === network.processes.length) return { state: 'down', missing };
  return { state: missing.length === 0 && network.state === 'ready' ? 'up' : 'partial', missing };
}

export interface ProcessLog {
  readonly process: string;
  /** Absolute path. */
  readonly file: string;
  readonly lines: readonly string[];
}

const TAIL_BYTES = 2 ** 18;
const DEFAULT_LINES = 50;

/**
 * The last lines of one process's log, or of all.
 * @throws NetworkError NETWORK_NOT_FOUND, PROCESS_UNKNOWN
 */
export function networkLogs(
  folder: string,
  process?: string,
  lines = DEFAULT_LINES,
): Promise<readonly ProcessLog[]> {
  return Promise.resolve(folder)
    .then(readNetwork)
    .then((network) => {
      const wanted = network.processes.filter(({ name }) => process === undefined || name === process);
      if (wanted.length === 0) throw unknownProcess(network, process ?? '');
      return wanted.map(({ name, log }) => {
        const file = join(network.folder, log);
        const text = existsSync(file) ? readFrom(file, -TAIL_BYTES) : '';
        return { process: name, file, lines: lastLines(text, lines) };
      });
    });
}

export function unknownProcess(network: NetworkDescription, name: string): NetworkError {
  return new NetworkError(
    'PROCESS_UNKNOWN',
    `No process ${name}; there are ${network.processes.map((process) => process.name).join(', ')}`,
  );
}
