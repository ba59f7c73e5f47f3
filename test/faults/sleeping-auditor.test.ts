// Without the auditor's peer a claim has no second endorser but the counterparty. It is then not made at all,
// rather than shown to the counterparty, who could take the secret and withhold its signature.
import { expect } from 'chai';
import { CLAIMANT, EMBODIMENTS, LEGS, type Leg } from '@wattlock/core';
import { aDeal, claim, claimOf, lock, type Deal } from '../support/deal';
import { aLot } from '../support/intake';
import { useOutages } from '../support/outage';
import { eachPlatform } from '../support/platform';
import { rejectionOf, type RejectionCode } from '../support/rejection';
import { Scene } from '../support/scene';

eachPlatform("while the auditor's peer is down", (open, kind) => {
  const outages = useOutages(open, kind);
  let deals: Readonly<Record<Leg, Deal>>;
  let failures: readonly RejectionCode[];
  let asked: readonly string[] | undefined;

  before(async () => {
    const scene = await Scene.over(outages().test);
    const locked = async (leg: Leg): Promise<Deal> => {
      const embodiment = EMBODIMENTS[4].secondLock === leg ? 4 : 3;
      const deal = aDeal(scene, { lots: [await aLot(scene)], embodiment });
      await lock(scene, leg, deal);
      return deal;
    };
    deals = { power: await locked('power'), certificate: await locked('certificate') };
    await scene.close();
    await outages().whileDown('auditor', async (parties) => {
      outages().asked();
      failures = await Promise.all(
        LEGS.map((leg) =>
          rejectionOf(parties.ledger(leg, CLAIMANT[leg]).submit(claimOf(parties, leg, deals[leg]))),
        ),
      );
      asked = outages().asked();
    });
  });

  it('claims are not endorsed, and are worth another attempt', () => {
    expect(failures).to.deep.equal(['ENDORSER_UNAVAILABLE', 'ENDORSER_UNAVAILABLE']);
  });

  // Only the embedded ledger tells who was asked.
  if (kind === 'embedded') {
    it('no counterparty was ever asked to endorse them', () => {
      const { certifier, generator, auditor } = outages().test.platform.mspIds;
      expect([...(asked ?? [])].sort()).to.deep.equal([certifier, generator, auditor, auditor].sort());
    });
  }

  for (const leg of LEGS) {
    it(`the ${leg} leg stays open and keeps its secret, and is claimed when the peer is back`, async () => {
      const scene = await Scene.over(outages().test);
      const open = await scene.read(leg, 'ReadLock', { swapId: deals[leg].swapId });
      expect(open).to.include({ state: 'OPEN' }).and.not.to.have.property('secret');
      const { result } = await claim(scene, leg, deals[leg]);
      expect(result).to.include({ state: 'EXECUTED' });
      await scene.close();
    });
  }
});
