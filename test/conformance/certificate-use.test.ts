// Using a certificate: assigned to another account, or retired; only a usable one, and only by its owner.
import { expect } from 'chai';
import { keys, type CertificateId, type JsonObject } from '@wattlock/core';
import type { AccountSigner } from '@wattlock/gateway';
import type { Call } from '../support/call';
import { aConditioned, aDelivered, anIssued, confirm, type Issued } from '../support/certificates';
import type { Deal } from '../support/deal';
import { aParty } from '../support/parties';
import { eachPlatform } from '../support/platform';
import { badTexts } from '../support/raw-text';
import { refuses } from '../support/refused-case';
import { useScene, type Scene } from '../support/scene';

const retire = (certificate: string, change: JsonObject = {}): Call => ({
  fn: 'Retire',
  document: { certificate, beneficiary: '株式会社ひかり', purpose: 'electricity used in 2025', ...change },
});
const assign = (certificate: string, to: string): Call => ({
  fn: 'Assign',
  document: { certificate, to },
});
const see = (scene: Scene, id: string): Promise<JsonObject> =>
  scene.read('certificate', 'ReadCertificate', { id });

eachPlatform('using certificates', (open) => {
  const scene = useScene(open);
  let usable: Deal;
  let unconfirmed: Deal;
  let locked: Deal;
  let retired: Deal;
  let issued: Issued;
  let buyer: AccountSigner;
  before(async () => {
    [usable, unconfirmed, locked, retired, issued, buyer] = await Promise.all([
      aDelivered(scene()),
      aDelivered(scene()),
      aConditioned(scene()),
      aDelivered(scene()),
      anIssued(scene()),
      aParty(scene(), 'generator'),
    ]);
    await confirm(scene(), usable, retired);
    await scene().submit('certificate', 'generator', retire(retired.swapId));
  });

  it('assigns one to another account, which owns it from then on', async () => {
    const deal = await aDelivered(scene());
    await confirm(scene(), deal);
    const key = keys.certificate(deal.swapId as string as CertificateId);
    const before = scene().record('certificate', key) as JsonObject;
    const { writes } = await scene().submit('certificate', 'generator', assign(deal.swapId, buyer.id));
    expect(writes).to.deep.equal({ [key]: { ...before, assignedTo: buyer.id } });
    expect(await see(scene(), deal.swapId)).to.include({ state: 'delivered', owner: buyer.id, usable: true });
    const balance = await scene().read('certificate', 'BalanceOf', { account: buyer.id });
    expect(balance).to.include({ deliveredWh: '1000', usableWh: '1000' });
  });

  it('retires one for a beneficiary, and it is used for ever', async () => {
    const deal = await aDelivered(scene());
    await confirm(scene(), deal);
    await scene().submit('certificate', 'generator', retire(deal.swapId));
    const seen = await see(scene(), deal.swapId);
    expect(seen).to.include({ state: 'retired', usable: false });
    expect(seen['retirement']).to.include({ by: deal.agreement.generator, beneficiary: '株式会社ひかり' });
  });

  refuses(scene, { leg: 'certificate', as: 'generator' }, [
    ...[
      ['one whose burn is not confirmed', () => unconfirmed.swapId] as const,
      ['one that a swap holds', () => locked.swapId] as const,
      ['one that is retired', () => retired.swapId] as const,
    ].flatMap(([which, id]) => {
      // Before its delivery a certificate is the certifier's.
      const as = which.includes('holds') ? ('certifier' as const) : ('generator' as const);
      const code = 'CERTIFICATE_NOT_USABLE' as const;
      return [
        { name: `retiring ${which}`, code, as, request: () => retire(id()) },
        { name: `assigning ${which}`, code, as, request: () => assign(id(), buyer.id) },
        {
          name: `splitting ${which}`,
          code,
          as,
          request: (): Call => ({ fn: 'Split', document: { certificate: id(), partsWh: ['1', '999'] } }),
        },
      ];
    }),
    {
      name: 'retiring one that no swap delivered',
      code: 'CERTIFICATE_NOT_USABLE',
      as: 'certifier',
      request: () => retire(issued.id),
    },
    {
      name: 'retiring another’s',
      code: 'NOT_AUTHORISED',
      as: 'certifier',
      request: () => retire(usable.swapId),
    },
    {
      name: 'assigning another’s',
      code: 'NOT_AUTHORISED',
      as: 'auditor',
      request: () => assign(usable.swapId, buyer.id),
    },
    {
      name: 'assigning to an unknown account',
      code: 'ACCOUNT_NOT_FOUND',
      request: () => assign(usable.swapId, 'nobody'),
    },
    {
      name: 'assigning to one that holds no certificates',
      code: 'NOT_AUTHORISED',
      request: (s) => assign(usable.swapId, s.test.accounts.auditor.id),
    },
    { name: 'one that is not there', code: 'CERTIFICATE_NOT_FOUND', request: () => retire('nothing') },
    {
      name: 'a beneficiary of two lines',
      code: 'BAD_FIELD',
      request: () => retire(usable.swapId, { beneficiary: 'a\nb' }),
    },
    ...badTexts('Assign'),
    ...badTexts('Retire'),
  ]);
});
