// Metering points: registered once, by the certifier's organisation or the owner's.
import { expect } from 'chai';
import { keys, type JsonObject, type MeteringPoint } from '@wattlock/core';
import type { Call } from '../support/call';
import { aSigner } from '../support/domain';
import { freshPoint, registerPoint } from '../support/intake';
import { eachPlatform } from '../support/platform';
import { badTexts } from '../support/raw-text';
import { refuses } from '../support/refused-case';
import { useScene, type Scene } from '../support/scene';

function request(point: MeteringPoint, change: JsonObject = {}): Call {
  return { fn: 'RegisterPoint', document: { ...(point as JsonObject), ...change } };
}

const fresh = (scene: Scene, change: JsonObject): Call => request(freshPoint(scene), change);

eachPlatform('metering points', (open) => {
  const scene = useScene(open);

  it('are registered by the owner or the certifier, once; the same again writes nothing', async () => {
    for (const role of ['generator', 'certifier'] as const) {
      const meter = { id: 'meter-1', key: aSigner('Ed25519').key };
      const point = freshPoint(scene(), { devices: [meter] });
      const asked = request(point);
      const { writes } = await scene().submit('power', role, asked);
      expect(writes).to.deep.equal({ [keys.point(point.id)]: { v: 1, ...asked.document } });
      expect((await scene().submit('power', 'certifier', asked)).writes).to.deep.equal({});
      expect(await scene().read('power', 'ReadPoint', { id: point.id })).to.deep.equal(asked.document);
    }
  });

  it('keep what they were registered with: POINT_CONFLICT', async () => {
    const point = await registerPoint(scene());
    for (const change of [{ capacityW: 50_001 }, { place: 'elsewhere' }, { slotMinutes: 30 }]) {
      const code = await scene().refusal('power', 'generator', request(point, change));
      expect(code).to.equal('POINT_CONFLICT');
    }
  });

  it('are listed in the order of their ids', async () => {
    const point = await registerPoint(scene());
    const { points } = await scene().read('power', 'ListPoints', {});
    const ids = (points as readonly MeteringPoint[]).map(({ id }) => id);
    expect(ids)
      .to.include(point.id)
      .and.to.deep.equal([...ids].sort());
  });

  refuses(scene, { leg: 'power', as: 'generator' }, [
    {
      name: 'an organisation that is neither owner nor certifier',
      code: 'NOT_AUTHORISED',
      as: 'auditor',
      request: (s) => fresh(s, {}),
    },
    {
      name: 'an owner that is not registered',
      code: 'ACCOUNT_NOT_FOUND',
      request: (s) => fresh(s, { owner: 'nobody' }),
    },
    {
      name: 'an owner that is no generator',
      code: 'NOT_AUTHORISED',
      as: 'certifier',
      request: (s) => fresh(s, { owner: s.test.accounts.certifier.id }),
    },
    ...badPoints().map(([name, change]) => ({
      name,
      code: 'BAD_FIELD' as const,
      request: (s: Scene) => fresh(s, change),
    })),
    {
      name: 'to read a point that is not there',
      code: 'POINT_NOT_FOUND',
      request: () => ({ fn: 'ReadPoint', document: { id: 'nowhere' } }),
    },
    ...badTexts('RegisterPoint'),
  ]);
});

function badPoints(): readonly (readonly [name: string, change: JsonObject])[] {
  const device = { id: 'meter-1', key: { ...aSigner().key } };
  return [
    ['an id with a slash', { id: 'a/b' }],
    ['an unknown type', { type: 'nuclear' }],
    ['a place of two lines', { place: 'one\ntwo' }],
    ['no capacity', { capacityW: 0 }],
    ['a negative capacity', { capacityW: -50_000 }],
    ['a capacity as text', { capacityW: '50000' }],
    ['slots that do not divide a day', { slotMinutes: 7 }],
    ['an offset of more than 14 hours', { utcOffsetMinutes: 841 }],
    ['a device twice', { devices: [device, device] }],
    ['a device without a key', { devices: [{ id: 'meter-1' }] }],
    ['a missing owner', { owner: undefined }],
    ['an unknown field', { colour: 'green' }],
  ];
}
