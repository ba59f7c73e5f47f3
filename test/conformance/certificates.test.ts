// Certificates issued ahead of a swap, and their transfer by one: what the agreement promises is what is locked.
import { expect } from 'chai';
import { keys, type AgreedLot, type Agreement, type CertificateId, type JsonObject } from '@wattlock/core';
import type { TransactionRequest } from '@wattlock/gateway';
import { aDelivered, anIssued, issueOf, type Issued } from '../support/certificates';
import { aDeal, cancellationOf, claim, transferOf, type Deal, type DealWish } from '../support/deal';
import { digestOf, wh } from '../support/domain';
import { aLot } from '../support/intake';
import { aParty } from '../support/parties';
import { eachPlatform } from '../support/platform';
import { badTexts } from '../support/raw-text';
import { refuses, skewedCases } from '../support/refused-case';
import { useScene, type Scene } from '../support/scene';

/** A deal over the lots of an issued certificate, and the lock of its transfer. */
function transfer(
  scene: Scene,
  { id, lots }: Issued,
  wish: Partial<DealWish> = {},
): readonly [Deal, TransactionRequest] {
  const deal = aDeal(scene, { lots, ...wish });
  return [deal, transferOf(deal, id)];
}

eachPlatform('certificates issued ahead', (open) => {
  const scene = useScene(open);
  let issued: Issued;
  let lot: AgreedLot;
  before(async () => {
    [issued, lot] = await Promise.all([anIssued(scene()), aLot(scene())]);
  });

  it('stay with the certifier, are not usable, and the same again writes nothing', async () => {
    const id = scene().test.fresh('certificate');
    const fresh = await aLot(scene(), 500);
    const asked = issueOf(scene(), { id, lots: [fresh] });
    const { writes, result } = await scene().submit('certificate', 'certifier', asked);
    const { issuedAt, ...record } = writes[keys.certificate(id as CertificateId)] as JsonObject;
    const { certifier } = scene().test.accounts;
    expect(record).to.deep.equal({ v: 1, ...asked.document, owner: certifier.id, energyWh: '500' });
    expect(issuedAt).to.be.a('number');
    expect(writes[keys.source(fresh.id)]).to.deep.equal({ v: 1, certificate: id });
    const again = await scene().submit('certificate', 'certifier', asked);
    expect(again.writes).to.deep.equal({});
    expect(again.result).to.deep.equal(result);
    const seen = await scene().read('certificate', 'ReadCertificate', { id });
    expect(seen).to.include({ state: 'issued', owner: certifier.id, usable: false });
  });

  const other =
    (change: JsonObject) =>
    (s: Scene): TransactionRequest =>
      issueOf(s, { ...issued, change });
  const fresh =
    (change: JsonObject) =>
    (s: Scene): TransactionRequest =>
      issueOf(s, { id: 'never', lots: [lot], change });
  const right = fresh({});

  refuses(scene, { leg: 'certificate', as: 'certifier' }, [
    { name: 'an issue by the generator', code: 'NOT_AUTHORISED', as: 'generator', request: right },
    { name: 'an issue by the auditor', code: 'NOT_AUTHORISED', as: 'auditor', request: right },
    {
      name: 'an issuer that is no certifier',
      code: 'NOT_AUTHORISED',
      request: (s) => fresh({ issuer: s.test.accounts.generator.id })(s),
    },
    { name: 'an unknown issuer', code: 'ACCOUNT_NOT_FOUND', request: fresh({ issuer: 'nobody' }) },
    {
      name: 'other content under the same id',
      code: 'CERTIFICATE_CONFLICT',
      request: other({ contentHash: digestOf('other') }),
    },
    {
      name: 'other value under the same id',
      code: 'CERTIFICATE_CONFLICT',
      request: other({ valueTypes: ['non-fossil'] }),
    },
    {
      name: 'a lot that another certificate names',
      code: 'LOT_ALREADY_CERTIFIED',
      request: (s) => issueOf(s, { id: 'never', lots: issued.lots }),
    },
    { name: 'the name of a swap’s certificate', code: 'BAD_FIELD', request: fresh({ id: digestOf('swap') }) },
    { name: 'the name of a part', code: 'BAD_FIELD', request: fresh({ id: 'never.1' }) },
    { name: 'an id that is no name', code: 'BAD_FIELD', request: fresh({ id: 'a~b' }) },
    { name: 'no lots', code: 'BAD_FIELD', request: fresh({ lots: [] }) },
    { name: 'no value types', code: 'BAD_FIELD', request: fresh({ valueTypes: [] }) },
    { name: 'an unknown value type', code: 'BAD_FIELD', request: fresh({ valueTypes: ['golden'] }) },
    {
      name: 'negative energy',
      code: 'BAD_ENERGY',
      request: (s) => fresh({ lots: [{ id: lot.id, energyWh: '-1' }] })(s),
    },
    {
      name: 'energies whose sum is too large',
      code: 'BAD_ENERGY',
      request: (s) => {
        const energyWh = '9223372036854775807';
        return fresh({
          lots: [
            { id: lot.id, energyWh },
            { id: `${lot.id}.1`, energyWh },
          ],
        })(s);
      },
    },
    {
      name: 'to read a certificate that is not there',
      code: 'CERTIFICATE_NOT_FOUND',
      request: () => ({ fn: 'ReadCertificate', document: { id: 'never' } }),
    },
    ...skewedCases(right),
    ...badTexts('Issue'),
  ]);
});

eachPlatform('transferring a certificate by a swap', (open) => {
  const scene = useScene(open);
  let issued: Issued;
  let locked: Issued;
  let held: Deal;
  let delivered: Deal;
  before(async () => {
    [issued, locked, delivered] = await Promise.all([
      anIssued(scene()),
      anIssued(scene()),
      aDelivered(scene()),
    ]);
    const [deal, request] = transfer(scene(), locked);
    held = deal;
    await scene().submit('certificate', 'certifier', request);
  });

  it('locks it as it is, and delivers it to the generator', async () => {
    const certificate = await anIssued(scene());
    const key = keys.certificate(certificate.id as CertificateId);
    const before = scene().record('certificate', key);
    const [deal, request] = transfer(scene(), certificate);
    const { writes, policies } = await scene().submit('certificate', 'certifier', request);
    const { swapId, agreement } = deal;
    const sources = certificate.lots.map(({ id }) => keys.source(id));
    expect(Object.keys(writes)).to.have.members([
      key,
      keys.lock(swapId),
      keys.hash(agreement.hashLock),
      ...sources,
    ]);
    expect(writes[key]).to.deep.equal({ ...before, lockedBy: swapId });
    expect(writes[keys.lock(swapId)]).to.include({ certificate: certificate.id, state: 'OPEN' });
    expect(policies[keys.lock(swapId)]).to.include({ n: 2 });
    await claim(scene(), 'certificate', deal);
    const seen = await scene().read('certificate', 'ReadCertificate', { id: certificate.id });
    expect(seen).to.include({ state: 'delivered', owner: agreement.generator, usable: false });
  });

  it('that is cancelled gives it back to the certifier, free for another swap', async () => {
    const certificate = await anIssued(scene());
    const [deal, request] = transfer(scene(), certificate);
    await scene().submit('certificate', 'certifier', request);
    await scene().submit('certificate', 'generator', cancellationOf('certificate', deal));
    const read = (): Promise<JsonObject> =>
      scene().read('certificate', 'ReadCertificate', { id: certificate.id });
    expect(await read()).to.include({ state: 'issued', owner: deal.agreement.certifier });
    const [second, again] = transfer(scene(), certificate);
    await scene().submit('certificate', 'certifier', again);
    expect(await read()).to.include({ state: 'locked', lockedBy: second.swapId });
  });

  const promising =
    (change: (agreement: Agreement) => Partial<Agreement>) =>
    (s: Scene): TransactionRequest => {
      const [{ agreement }] = transfer(s, issued);
      return transfer(s, issued, { change: change(agreement) })[1];
    };
  const right = (s: Scene): TransactionRequest => transfer(s, issued)[1];

  refuses(scene, { leg: 'certificate', as: 'certifier' }, [
    {
      name: 'the generator in the certifier’s place',
      code: 'NOT_AUTHORISED',
      as: 'generator',
      request: right,
    },
    { name: 'the auditor in the certifier’s place', code: 'NOT_AUTHORISED', as: 'auditor', request: right },
    {
      name: 'a certificate that another swap holds',
      code: 'CERTIFICATE_LOCKED',
      request: (s) => transfer(s, locked)[1],
    },
    {
      name: 'a certificate that is delivered',
      code: 'CERTIFICATE_NOT_USABLE',
      request: (s) => transferOf(aDeal(s, { lots: delivered.agreement.lots }), delivered.swapId),
    },
    {
      name: 'a certificate that is not there',
      code: 'CERTIFICATE_NOT_FOUND',
      request: (s) => transferOf(aDeal(s, { lots: issued.lots }), 'never'),
    },
    {
      name: 'a promise of more energy',
      code: 'AGREEMENT_MISMATCH',
      request: promising(({ lots }) => ({
        lots: lots.map((lot) => ({ ...lot, energyWh: wh(lot.energyWh + 1n) })),
        energyWh: wh(1001),
      })),
    },
    {
      name: 'a promise of other lots',
      code: 'AGREEMENT_MISMATCH',
      request: promising(({ lots }) => ({
        lots: lots.map((lot) => ({ ...lot, id: `${lot.id}.1` as AgreedLot['id'] })),
      })),
    },
    {
      name: 'a promise of other value',
      code: 'AGREEMENT_MISMATCH',
      request: promising(() => ({ valueTypes: ['non-fossil'] })),
    },
    {
      name: 'a certificate of another issuer',
      code: 'AGREEMENT_MISMATCH',
      request: async (s) => {
        const signers = { ...s.test.accounts, certifier: await aParty(s, 'certifier') };
        return transfer(s, issued, { signers })[1];
      },
    },
    {
      name: 'a hash lock in use',
      code: 'HASH_REUSED',
      request: (s) => transfer(s, issued, { secret: held.secret })[1],
    },
    { name: 'the same swap again', code: 'LOCK_EXISTS', request: () => transferOf(held, locked.id) },
    {
      name: 'an unknown field',
      code: 'BAD_FIELD',
      request: (s) => {
        const { fn, document } = right(s);
        return { fn, document: { ...document, contentHash: digestOf('content') } };
      },
    },
    ...skewedCases(right),
    ...badTexts('RegisterTransfer'),
  ]);
});
