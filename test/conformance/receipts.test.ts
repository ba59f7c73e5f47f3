// Burn receipts: with one, a delivered certificate is usable, and counts.
import { expect } from 'chai';
import { keys, type Json, type JsonObject } from '@wattlock/core';
import type { Call } from '../support/call';
import { aConditioned, aDelivered, receiptsOf } from '../support/certificates';
import { cancellationOf, type Deal } from '../support/deal';
import { digestOf } from '../support/domain';
import { eachLayout } from '../support/platform';
import { badTexts } from '../support/raw-text';
import { refuses } from '../support/refused-case';
import { useScene, type Scene } from '../support/scene';

const see = (scene: Scene, id: string): Promise<JsonObject> =>
  scene.read('certificate', 'ReadCertificate', { id });

eachLayout('burn receipts', (open) => {
  const scene = useScene(open);
  let one: Deal;
  let two: Deal;
  let waiting: Deal;
  before(async () => {
    [one, two, waiting] = await Promise.all([
      aDelivered(scene()),
      aDelivered(scene()),
      aConditioned(scene()),
    ]);
  });

  it('are registered many at once by the certifier, and make their certificates usable', async () => {
    const request = receiptsOf([one, two]);
    const { writes, result } = await scene().submit('certificate', 'certifier', request);
    const burns = request.document['burns'] as readonly (JsonObject & { swapId: Deal['swapId'] })[];
    expect(writes).to.deep.equal(
      Object.fromEntries(burns.map((burn) => [keys.burn(burn.swapId), { v: 1, ...burn }])),
    );
    expect(result).to.deep.equal({ confirmed: burns.map(({ swapId }) => swapId) });
    for (const { swapId } of [one, two]) {
      expect(await see(scene(), swapId)).to.include({ state: 'delivered', usable: true });
    }
  });

  it('are registered once: the same again, by the auditor, writes nothing', async () => {
    const { writes, result } = await scene().submit('certificate', 'auditor', receiptsOf([one]));
    expect(writes).to.deep.equal({});
    expect(result).to.deep.equal({ confirmed: [one.swapId] });
  });

  it('that come before the delivery do not make a certificate usable', async () => {
    await scene().submit('certificate', 'auditor', receiptsOf([waiting]));
    expect(await see(scene(), waiting.swapId)).to.include({ state: 'locked', usable: false });
    await scene().submit('certificate', 'certifier', cancellationOf('certificate', waiting));
    expect(await see(scene(), waiting.swapId)).to.include({ state: 'void', usable: false });
  });

  const burn = (change: JsonObject) => (): Call => receiptsOf([one], change);
  const burns = (value: Json) => (): Call => ({
    fn: 'ConfirmBurn',
    document: { burns: value },
  });

  refuses(scene, { leg: 'certificate', as: 'certifier' }, [
    {
      name: 'a receipt by the generator',
      code: 'NOT_AUTHORISED',
      as: 'generator',
      request: () => receiptsOf([two]),
    },
    {
      name: 'a receipt of another transaction',
      code: 'CERTIFICATE_CONFLICT',
      request: burn({ transactionId: digestOf('other') }),
    },
    { name: 'a receipt of another block', code: 'CERTIFICATE_CONFLICT', request: burn({ blockNumber: 8 }) },
    {
      name: 'a receipt of a swap without a lock here',
      code: 'LOCK_NOT_FOUND',
      request: burn({ swapId: digestOf('never') }),
    },
    { name: 'a negative block', code: 'BAD_FIELD', request: burn({ blockNumber: -1 }) },
    { name: 'a transaction that is none', code: 'BAD_FIELD', request: burn({ transactionId: 'tx' }) },
    { name: 'an unknown field', code: 'BAD_FIELD', request: burn({ note: 'text' }) },
    {
      name: 'one swap twice',
      code: 'BAD_FIELD',
      request: () => {
        const [receipt] = receiptsOf([two]).document['burns'] as readonly [JsonObject];
        return burns([receipt, receipt])();
      },
    },
    { name: 'no receipts', code: 'BAD_FIELD', request: burns([]) },
    ...badTexts('ConfirmBurn'),
  ]);
});
