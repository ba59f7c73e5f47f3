// Opens a home's platform, embedded or of real peers. Each kind's code is loaded only when it is asked for.
import type { LedgerKind, Platform } from '../ledger/platform';
import { ledgerFiles, networkFolder, organisationsFolder, type Home } from './home';

/** @throws LedgerError PLATFORM_DOWN when the ledger is open elsewhere or there is no network. */
export async function openPlatform(home: Home, kind: LedgerKind): Promise<Platform> {
  return OPEN[kind](home);
}

const OPEN: Readonly<Record<LedgerKind, (home: Home) => Promise<Platform>>> = {
  async embedded(home) {
    const [{ openEmbeddedPlatform }, { readConsortium }] = await Promise.all([
      import('../ledger/open-embedded.js'),
      import('./organisations.js'),
    ]);
    const consortium = await readConsortium(organisationsFolder(home));
    return openEmbeddedPlatform({ ...consortium, files: ledgerFiles(home) });
  },
  async fabric(home) {
    const { openFabricNetwork } = await import('./open-network.js');
    return openFabricNetwork(networkFolder(home));
  },
};
