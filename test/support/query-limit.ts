// Ledgers whose queries hand out very few results, so that lists meet the limit: the embedded one, and real peers of a
// network of their own.
import { networkUp, THREE_ORGANISATIONS } from '@wattlock/fabric-network';
import { chaincodesToDeploy, openFabricNetwork } from '@wattlock/gateway';
import { networkHome, onOwnNetwork } from './own-network';
import { asTestPlatform, openEmbeddedTest, type OpenPlatform, type TestPlatform } from './platform';

/** Most results of one query. */
export const QUERY_LIMIT = 5;

/** Describes a suite once for each ledger with the limit. It opens one platform, in `before`. */
export function eachLedgerAtLimit(name: string, suite: (open: OpenPlatform) => void): void {
  describe(`${name} (embedded)`, () => {
    suite(closing(() => openEmbeddedTest({ totalQueryLimit: QUERY_LIMIT })));
  });
  onOwnNetwork(`${name} (real peers)`, function () {
    this.timeout(120_000);
    suite(closing(openNetwork));
  });
}

async function openNetwork(): Promise<TestPlatform> {
  const { folder, remove } = await networkHome();
  const profile = { ...THREE_ORGANISATIONS, totalQueryLimit: QUERY_LIMIT };
  await networkUp({ folder, profile, chaincodes: chaincodesToDeploy() });
  const platform = await openFabricNetwork(folder);
  return asTestPlatform(platform, async () => {
    await platform.close();
    await remove();
  });
}

function closing(open: OpenPlatform): OpenPlatform {
  let opened: TestPlatform | undefined;
  after(() => opened?.close());
  return async () => (opened = await open());
}
