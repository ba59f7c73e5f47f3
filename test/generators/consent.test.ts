// The hash lock of a certificate's lock is there for all to read. Of several generators only the one with which the
// certifier agreed can lock lots under it: nobody else can take the hash and so keep the right one out.
import { expect } from 'chai';
import { consentMessage, type JsonObject, type LockSignatures } from '@wattlock/core';
import type { Call } from '../support/call';
import { eachConsortium } from '../support/consortium';
import { aDeal, destructionOf, lock, type Deal } from '../support/deal';
import { aLot } from '../support/intake';
import type { Scene } from '../support/scene';

eachConsortium('the consent to a lock among several generators', (consortium) => {
  let a: Scene;
  let b: Scene;
  let deal: Deal;
  let taking: Deal;
  before(async () => {
    ({ a, b } = consortium());
    deal = aDeal(a, { lots: [await aLot(a)] });
    await lock(a, 'certificate', deal);
    taking = aDeal(b, { lots: [await aLot(b)], secret: deal.secret });
  });

  const withConsent = (change: JsonObject): Call => {
    const { fn, document } = destructionOf(taking);
    return { fn, document: { ...document, ...change } };
  };
  const refusal = (change: JsonObject) => b.refusal('power', 'generator', withConsent(change));

  it('is not had by another generator that has read the hash', async () => {
    const { certifier } = a.test.accounts;
    const { generator } = b.test.accounts;
    expect(await refusal({ consent: undefined })).to.equal('BAD_FIELD');
    const own = generator.sign(consentMessage('power', taking.swapId));
    expect(await refusal({ consent: own })).to.equal('BAD_SIGNATURE');
    const ofTheirs = certifier.sign(consentMessage('power', deal.swapId));
    expect(await refusal({ consent: ofTheirs })).to.equal('BAD_SIGNATURE');
    const elsewhere = certifier.sign(consentMessage('certificate', taking.swapId));
    expect(await refusal({ consent: elsewhere })).to.equal('BAD_SIGNATURE');
  });

  it('lets the right one lock', async () => {
    const { code } = await lock(a, 'power', deal);
    expect(code).to.equal(0);
  });

  it('is in embodiment 2 the certifier’s signature over the refund, which nobody else has for lots of its own', async () => {
    const outputs = aDeal(a, { lots: [await aLot(a)], embodiment: 2 });
    await lock(a, 'certificate', outputs);
    const { fn, document } = destructionOf(
      aDeal(b, { lots: [await aLot(b)], embodiment: 2, secret: outputs.secret }),
    );
    const own = document['signatures'] as LockSignatures;
    const { refund } = destructionOf(outputs).document['signatures'] as LockSignatures;
    const signatures = { ...own, refund: { ...own.refund, certifier: refund.certifier } };
    const taken = { fn, document: { ...document, signatures } };
    expect(await b.refusal('power', 'generator', taken)).to.equal('BAD_SIGNATURE');
    expect((await lock(a, 'power', outputs)).code).to.equal(0);
  });

  it('has no place where the lock carries the certifier’s standing authorisation', async () => {
    const third = aDeal(a, { lots: [await aLot(a)], embodiment: 3 });
    const { fn, document } = destructionOf(third);
    const consent = third.signers.certifier.sign(consentMessage('power', third.swapId));
    const request = { fn, document: { ...document, consent } };
    expect(await a.refusal('power', 'generator', request)).to.equal('BAD_FIELD');
  });
});
