// A channel before its first parameters: nothing is possible but to set them. Only a new ledger can show it,
// so this runs on the embedded one alone; real peers are shared and configured.
import { expect } from 'chai';
import { LEGS, writeParameters, type JsonObject, type Leg } from '@wattlock/core';
import { foundConsortium, openEmbeddedPlatform, parametersOf, type Platform } from '@wattlock/gateway';
import type { Call } from '../support/call';
import { aSigner } from '../support/domain';
import { TEST_LIMITS } from '../support/limits';
import { rejectionOf } from '../support/rejection';

describe('a channel without parameters', () => {
  let platform: Platform;
  before(async () => {
    const files = { power: ':memory:', certificate: ':memory:' };
    platform = await openEmbeddedPlatform({ ...(await foundConsortium()), files });
  });
  after(() => platform.close());

  const configuration = (change: JsonObject = {}): Call => {
    const parameters = writeParameters(parametersOf(platform, TEST_LIMITS));
    return { fn: 'Configure', document: { ...parameters, ...change } };
  };

  const account = (): Call => ({
    fn: 'RegisterAccount',
    document: {
      id: 'certifier',
      role: 'certifier',
      mspId: platform.mspIds.certifier,
      key: { ...aSigner().key },
    },
  });

  for (const leg of LEGS) {
    it(`refuses to read parameters or to register accounts on ${leg}: NOT_CONFIGURED`, async () => {
      const ledger = platform.as('certifier')[leg];
      expect(await rejectionOf(ledger.evaluate('ReadParameters', {}))).to.equal('NOT_CONFIGURED');
      expect(await rejectionOf(ledger.endorse(account()))).to.equal('NOT_CONFIGURED');
    });

    it(`takes the first parameters of ${leg} from the organisation that they name as certifier, and no other`, async () => {
      const refusals = await Promise.all([
        rejectionOf(platform.as('generator')[leg].endorse(configuration())),
        rejectionOf(platform.as('auditor')[leg].endorse(configuration())),
        rejectionOf(platform.as('certifier')[leg].endorse(configuration(placeOf(leg)))),
      ]);
      expect(refusals).to.deep.equal(['NOT_AUTHORISED', 'NOT_AUTHORISED', 'BAD_FIELD']);
      await platform.as('certifier')[leg].submit(configuration());
      const { result } = await platform.as('certifier')[leg].submit(account());
      expect(result).to.include({ id: 'certifier' });
    });
  }
});

/** The other leg's place given for this one. */
function placeOf(leg: Leg): JsonObject {
  const channel = leg === 'power' ? 'certificate' : 'power';
  return { [leg]: { channel, chaincode: channel } };
}
