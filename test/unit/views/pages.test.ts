// Lists in pages: whatever comes in between two pages, no entry that was there is lost or shown twice.
import type { LotId } from '@wattlock/core';
import {
  listCertificates,
  listLots,
  listSwaps,
  LOT_ORDERS,
  Projection,
  type Page,
  type PageRequest,
} from '@wattlock/gateway';
import { expect } from 'chai';
import { agreed, World } from '../../support/chain';
import { aLotId, anAgreement, aSecret, NOW, wh } from '../../support/domain';

const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}`;

/** Lots whose orders by id, day and energy differ; each number has one. */
const someIds = (from: number, to: number): LotId[] =>
  Array.from({ length: to - from }, (_, i) => {
    const number = from + i;
    return aLotId(day(1 + ((number * 5) % 28)), `plant-${(number * 11) % 28}`);
  });

class Filled {
  readonly world = new World();
  readonly projection = Projection.inMemory();

  get view(): Projection['view'] {
    this.projection.apply('power', this.world.power.blocks);
    this.projection.apply('certificate', this.world.certificate.blocks);
    return this.projection.view;
  }
}

/** All pages of a list, one after the other; `meanwhile` happens after each. */
function pagesOf<Item>(
  read: (request: PageRequest<never>) => Page<Item>,
  meanwhile: (page: number) => void,
): Item[] {
  const items: Item[] = [];
  let after: string | undefined;
  for (let page = 0; ; page++) {
    const { items: some, next } = read({ limit: 4, after });
    items.push(...some);
    if (next === undefined) return items;
    after = next;
    meanwhile(page);
  }
}

describe('lists in pages', () => {
  for (const order of LOT_ORDERS) {
    for (const descending of [false, true]) {
      const name = `lots by ${order}${descending ? ', the last first' : ''}`;
      it(`of ${name} lose and repeat nothing while blocks come in`, () => {
        const filled = new Filled();
        const before = someIds(0, 20);
        before.forEach((id, i) => filled.world.record(id, wh(1000 + ((i * 13) % 17))));
        const wanted = listLots(filled.view, {}, { order, descending }).items.map(({ id }) => id);
        const late = someIds(20, 28);
        const seen = pagesOf(
          (request) => listLots(filled.view, {}, { ...request, order, descending }),
          (page) => {
            const id = late[page];
            if (id !== undefined) filled.world.record(id, wh(1000 + page));
          },
        ).map(({ id }) => id);
        expect(new Set(seen).size).to.equal(seen.length);
        expect(seen.filter((id) => before.includes(id))).to.deep.equal(wanted);
        expect(wanted).to.have.members(before);
      });
    }
  }

  it('end with the last entry, and say where to go on only before it', () => {
    const filled = new Filled();
    for (const id of someIds(0, 4)) filled.world.record(id, wh(1));
    expect(listLots(filled.view, {}, { limit: 4 })).not.to.have.property('next');
    expect(listLots(filled.view, {}, { limit: 3 })).to.have.property('next');
  });

  it('refuse to go on after what is no entry', () => {
    const filled = new Filled();
    const read = (): unknown => listSwaps(filled.view, {}, { after: 'nothing' });
    expect(read).to.throw().with.property('code', 'BAD_FIELD');
  });

  it('show what a filter lets through', () => {
    const filled = new Filled();
    const [first, second] = [
      filled.world.record(aLotId(day(1), 'plant-1'), wh(10)),
      filled.world.record(aLotId(day(2), 'plant-2'), wh(20)),
    ];
    const agreement = anAgreement({ embodiment: 3, lots: [agreed(first)] });
    filled.world.complete(agreement, [first], aSecret('swap'));
    const { view } = filled;
    const lots = (filter: Parameters<typeof listLots>[1]): LotId[] =>
      listLots(view, filter).items.map(({ id }) => id);
    expect(lots({ state: 'burned' })).to.deep.equal([first.id]);
    expect(lots({ point: second.point })).to.deep.equal([second.id]);
    expect(lots({ from: second.day })).to.deep.equal([second.id]);
    expect(lots({ to: first.day })).to.deep.equal([first.id]);
    expect(lots({ begins: 'plant-' })).to.have.length(2);
    expect(lots({ owner: 'nobody' as never })).to.deep.equal([]);
    for (const [filter, found] of [
      [{ point: first.point }, 1],
      [{ point: second.point }, 0],
      [{ embodiment: 3 }, 1],
      [{ embodiment: 4 }, 0],
      [{ stage: 'completed' }, 1],
      [{ stage: 'locked' }, 0],
      [{ to: isoDay(NOW - 24 * 3_600_000) }, 0],
      [{ from: isoDay(NOW), to: isoDay(NOW) }, 1],
    ] as const) {
      expect(listSwaps(view, filter as never).items, JSON.stringify(filter)).to.have.length(found);
    }
    expect(listCertificates(view, { point: first.point, embodiment: 3 }).items).to.have.length(1);
    expect(listCertificates(view, { state: 'issued' }).items).to.have.length(0);
  });
});

const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
