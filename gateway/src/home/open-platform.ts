// Opens a home's platform: embedded, of real peers, or a channel on each. A kind's code is loaded only when asked for.
import {
  isMixed,
  type LedgerChoice,
  type LedgerKind,
  legsOn,
  type MixedChoice,
  type Platform,
} from '../platform';
import { ledgerFiles, mixedLedgerFile, networkFolder, organisationsFolder, type Home } from './home';

/** @throws LedgerError PLATFORM_DOWN when the ledger is open elsewhere or there is no network. */
export async function openPlatform(home: Home, ledger: LedgerChoice): Promise<Platform> {
  return isMixed(ledger) ? openMixed(home, ledger) : OPEN[ledger](home);
}

const OPEN: Readonly<Record<LedgerKind, (home: Home) => Promise<Platform>>> = {
  async embedded(home) {
    const [{ openEmbeddedPlatform }, { readConsortium }] = await Promise.all([
      import('../platform/open-embedded.js'),
      import('./organisations.js'),
    ]);
    const consortium = await readConsortium(organisationsFolder(home), home.generators);
    return openEmbeddedPlatform({ ...consortium, files: ledgerFiles(home) });
  },
  async fabric(home) {
    const { openFabricNetwork } = await import('../platform/open-network.js');
    return openFabricNetwork(networkFolder(home));
  },
};

async function openMixed(home: Home, ledger: MixedChoice): Promise<Platform> {
  const [{ openMixedPlatform }, { readConsortium }, { readAccess }] = await Promise.all([
    import('../platform/open-mixed.js'),
    import('./organisations.js'),
    import('../platform/open-network.js'),
  ]);
  const fabric = await readAccess(networkFolder(home));
  const consortium = await readConsortium(organisationsFolder(home), home.generators);
  const file = mixedLedgerFile(home, legsOn('embedded', ledger));
  return openMixedPlatform(ledger, { embedded: { ...consortium, file }, fabric });
}
