// A network for the demo: the one that is up under the home, or one of its own that is removed afterwards.
import { chaincodesToDeploy } from '../platform';
import { networkFolder, type Home } from '../home';

/** Starts a network unless one is up. @returns what undoes it. */
export async function ensureNetwork(home: Home, say: (line: string) => void): Promise<() => Promise<void>> {
  const { consortiumOf, networkDown, networkStatus, networkUp } = await import('@wattlock/fabric-network');
  const folder = networkFolder(home);
  if ((await networkStatus(folder)).state === 'up') return () => Promise.resolve();
  await networkUp({
    folder,
    profile: consortiumOf(home.generators),
    orderers: 1,
    chaincodes: chaincodesToDeploy(),
    onProgress: say,
  });
  return async () => {
    await networkDown(folder, { remove: true });
  };
}
