// A network for the demo: the one that is up under the home, or one of its own that is removed afterwards.
import { chaincodesToDeploy } from '../platform';
import { networkFolder, withHomeLock, type Home } from '../home';

/** Starts a network unless one is up, or another command starts it meanwhile. @returns what undoes it. */
export async function ensureNetwork(home: Home, say: (line: string) => void): Promise<() => Promise<void>> {
  const { consortiumOf, networkDown, networkStatus, networkUp } = await import('@wattlock/fabric-network');
  const folder = networkFolder(home);
  const start = async (): Promise<() => Promise<void>> => {
    if ((await networkStatus(folder)).state === 'up') return () => Promise.resolve();
    await networkUp({
      folder,
      profile: consortiumOf(home.generators),
      orderers: 1,
      chaincodes: chaincodesToDeploy(),
      onProgress: say,
    });
    return () => networkDown(folder, { remove: true });
  };
  return withHomeLock(home.folder, start, { onWait: say });
}
