// Whether a network of real peers is up in a home's folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { networkFolder } from './places';

/** Cheap where there is none: the launcher is loaded only to look at a network that is there. */
export async function hasNetworkUp(folder: string): Promise<boolean> {
  const network = networkFolder({ folder });
  if (!existsSync(join(network, 'network.json'))) return false;
  const { networkStatus } = await import('@wattlock/fabric-network');
  return (await networkStatus(network)).state === 'up';
}
