// Lists where peers hand out no more than five results of a query: a whole list is refused and never cut, and pages come
// to its end whatever their size.
import { expect } from 'chai';
import {
  functionRow,
  readDocument,
  sumWh,
  writeDocument,
  type AgreedLot,
  type AnswerOf,
  type EvaluateName,
  type JsonObject,
  type Leg,
  type RequestOf,
} from '@wattlock/core';
import { anIssued } from '../support/certificates';
import { aDeal, lock } from '../support/deal';
import { someLots } from '../support/intake';
import { eachLedgerAtLimit, QUERY_LIMIT } from '../support/query-limit';
import { refusedWith, rejectionOf } from '../support/rejection';
import { useScene, type Scene } from '../support/scene';

/** More than a query hands out. */
const COUNT = QUERY_LIMIT + 2;

async function ask<L extends Leg, N extends EvaluateName<L>>(
  scene: Scene,
  leg: L,
  name: N,
  request: RequestOf<L, N>,
): Promise<AnswerOf<L, N>> {
  const row = functionRow(leg, name);
  const answer = await scene.ledger(leg, 'auditor').evaluate(name, writeDocument(row.request, request));
  return readDocument(row.answer, answer);
}

interface Page {
  readonly limit: number;
  readonly bookmark?: string;
}

/** All answers of a list, page by page. */
async function pagesOf<A extends { readonly bookmark?: string }>(
  limit: number,
  read: (page: Page) => Promise<A>,
): Promise<readonly A[]> {
  const pages = [await read({ limit })];
  for (let last = pages[0]; last?.bookmark !== undefined; last = pages.at(-1)) {
    pages.push(await read({ limit, bookmark: last.bookmark }));
  }
  return pages;
}

eachLedgerAtLimit('a list at the limit of a peer', (open) => {
  const scene = useScene(open);
  let lots: readonly AgreedLot[];

  before(async () => {
    lots = await someLots(
      scene(),
      Array.from({ length: COUNT }, (_, i) => 1000 + i),
    );
  });

  it('of lots is refused as a whole, naming the way out, and comes whole in pages', async () => {
    const { code, message, details } = await refusedWith(ask(scene(), 'power', 'ListLots', {}));
    expect(code).to.equal('LIST_TOO_LONG');
    expect(message).to.include('limit and bookmark');
    expect(details).to.deep.equal({ read: QUERY_LIMIT });
    for (const limit of [1, 3, QUERY_LIMIT, 50]) {
      const pages = await pagesOf(limit, (page) => ask(scene(), 'power', 'ListLots', page));
      expect(pages.flatMap((page) => page.lots.map(({ id }) => id))).to.deep.equal(lots.map(({ id }) => id));
      for (const page of pages) expect(page.lots.length).to.be.at.most(Math.min(limit, QUERY_LIMIT));
    }
  });

  it('of a few days of one point is whole', async () => {
    const [first, second] = (await ask(scene(), 'power', 'ListLots', { limit: 2 })).lots;
    if (first === undefined || second === undefined) throw new Error('two lots were asked for');
    const days = { point: first.point, from: first.day, to: second.day };
    const { lots: found } = await ask(scene(), 'power', 'ListLots', days);
    expect(found.map(({ id }) => id)).to.deep.equal(lots.slice(0, 2).map(({ id }) => id));
  });

  it('of a balance is refused as a whole, and its pages add up', async () => {
    const account = scene().test.accounts.generator.id;
    expect(await rejectionOf(ask(scene(), 'power', 'BalanceOf', { account }))).to.equal('LIST_TOO_LONG');
    const pages = await pagesOf(3, (page) => ask(scene(), 'power', 'BalanceOf', { account, ...page }));
    const total = sumWh(pages.map(({ registeredWh }) => registeredWh));
    expect(total).to.equal(sumWh(lots.map(({ energyWh }) => energyWh)));
  });

  it('of metering points is refused as a whole, and comes whole in pages', async () => {
    for (let more = 1; more < COUNT; more++) await someLots(scene(), []);
    expect(await rejectionOf(ask(scene(), 'power', 'ListPoints', {}))).to.equal('LIST_TOO_LONG');
    const pages = await pagesOf(4, (page) => ask(scene(), 'power', 'ListPoints', page));
    expect(pages.map(({ points }) => points.length)).to.deep.equal([4, COUNT - 4]);
  });

  it('of locks and certificates is refused as a whole, and comes whole in pages', async () => {
    for (const lot of lots) await lock(scene(), 'power', aDeal(scene(), { lots: [lot] }));
    expect(await rejectionOf(ask(scene(), 'power', 'ListLocks', { state: 'OPEN' }))).to.equal(
      'LIST_TOO_LONG',
    );
    const pages = await pagesOf(50, (page) => ask(scene(), 'power', 'ListLocks', { state: 'OPEN', ...page }));
    expect(pages.map(({ locks }) => locks.length)).to.deep.equal([QUERY_LIMIT, COUNT - QUERY_LIMIT]);

    for (let i = 0; i < COUNT; i++) await anIssued(scene());
    const whole: JsonObject = {};
    expect(await rejectionOf(ask(scene(), 'certificate', 'ListCertificates', whole))).to.equal(
      'LIST_TOO_LONG',
    );
    const answers = await pagesOf(6, (page) => ask(scene(), 'certificate', 'ListCertificates', page));
    expect(answers.map(({ certificates }) => certificates.length)).to.deep.equal([
      QUERY_LIMIT,
      COUNT - QUERY_LIMIT,
    ]);
    expect(answers.at(-1)).not.to.have.property('bookmark');
  });

  it('is not left by a bookmark of another one', async () => {
    const [page] = await pagesOf(3, (asked) => ask(scene(), 'power', 'ListLots', asked));
    const bookmark = page?.bookmark ?? '';
    expect(await rejectionOf(ask(scene(), 'power', 'ListPoints', { limit: 3, bookmark }))).to.equal(
      'BAD_FIELD',
    );
  });
});
