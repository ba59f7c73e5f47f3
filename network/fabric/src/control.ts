// Single processes of a network: for tests of faults, and for operators.
import { isRunning } from '@wattlock/concurrency';
import { resolve } from 'node:path';
import { NetworkError } from './errors';
import { pollUntil } from './waiting';
import { launch, send } from './process';
import { processRecord } from './process-record';
import { requirePrograms } from './programs';
import { allSpecs } from './specs';
import { readOwnNetwork, unknownProcess } from './status';

const ENDING_SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGKILL', 'SIGINT'];
const END_LIMIT_MS = 30_000;

/**
 * Sends a signal to a process: SIGSTOP pauses it, SIGCONT lets it go on, SIGTERM and SIGKILL end it.
 * After a signal that ends it, it has ended when this returns.
 * @throws NetworkError NETWORK_NOT_FOUND, NETWORK_ADOPTED, PROCESS_UNKNOWN, or NETWORK_DOWN when it does not run
 */
export async function signalProcess(folder: string, name: string, signal: NodeJS.Signals): Promise<void> {
  const network = readOwnNetwork(folder);
  if (!network.processes.some((process) => process.name === name)) throw unknownProcess(network, name);
  const record = processRecord(network.folder, name);
  if (record === undefined) throw new NetworkError('NETWORK_DOWN', `${name} does not run`);
  send(record, signal);
  if (ENDING_SIGNALS.includes(signal)) {
    await pollUntil(`${name} to end`, END_LIMIT_MS, () => !isRunning(record));
  }
}

/**
 * Starts a process that does not run, on its recorded ports and data, and waits until it is ready. One that runs
 * stays as it is.
 * @throws NetworkError NETWORK_NOT_FOUND, NETWORK_ADOPTED, PROCESS_UNKNOWN, PROGRAMS_MISSING, PROCESS_FAILED, PORT_IN_USE
 */
export async function startProcess(folder: string, name: string): Promise<void> {
  const place = resolve(folder);
  const network = readOwnNetwork(place);
  const spec = allSpecs(network, requirePrograms()).find((known) => known.name === name);
  if (spec === undefined) throw unknownProcess(network, name);
  if (processRecord(place, name) === undefined) await launch(place, spec);
}
