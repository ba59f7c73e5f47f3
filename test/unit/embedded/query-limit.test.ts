// How many results a contract gets from one query on the embedded ledger: no more than a peer with the same limit gives.
// Source: Fabric 3.1.5, core/chaincode/query_response_generator.go and handler.go (calculateTotalReturnLimit).
import { expect } from 'chai';
import { openTestLedger, type TestLedger } from '../../support/embedded';

const PHANTOM_READ_CONFLICT = 12;
const nth = (i: number): string => `n${String(i).padStart(3, '0')}`;

interface Page {
  readonly keys: readonly string[];
  readonly bookmark?: string;
  readonly fetchedRecordsCount?: number;
}

describe('a query on an embedded ledger with a limit', () => {
  let test: TestLedger;
  const open = async (totalQueryLimit: number, keys: number): Promise<readonly string[]> => {
    test = await openTestLedger({ totalQueryLimit });
    const all = Array.from({ length: keys }, (_, i) => nth(i));
    const prepared = await Promise.all(all.map((key) => test.prepare('Put', [key, 'v'])));
    expect(new Set(await test.commit(...prepared))).to.deep.equal(new Set([0]));
    return all;
  };
  const range = async (from = 'n', to = 'o'): Promise<unknown> =>
    JSON.parse(await test.evaluate('Keys', [from, to]));
  const page = async (size: number, bookmark = '', from = 'n'): Promise<Page> =>
    JSON.parse(await test.evaluate('Page', [from, 'o', String(size), bookmark])) as Page;

  afterEach(() => test.ledger.close());

  // A peer hands results over in batches of 100: the limit is for the query, not for a batch.
  for (const limit of [1, 5, 99, 100, 101, 150, 200, 201]) {
    it(`of ${limit} gives the first ${limit} of 250 keys, and no sign that there are more`, async () => {
      const all = await open(limit, 250);
      expect(await range()).to.deep.equal(all.slice(0, limit));
    });
  }

  it('gives all keys up to and including the limit', async () => {
    const all = await open(5, 5);
    expect(await range()).to.deep.equal(all);
    expect(await range(nth(1))).to.deep.equal(all.slice(1));
  });

  it('that was cut is guarded against phantoms as far as it was read', async () => {
    await open(5, 8);
    const [within, beyond] = await Promise.all([
      test.prepare('Count', ['n', 'o', 'within']),
      test.prepare('Count', ['n', 'o', 'beyond']),
    ]);
    expect(await test.submit('Put', [`${nth(5)}a`, 'beyond the cut'])).to.equal(0);
    expect(await test.commit(beyond)).to.deep.equal([0]);
    expect(await test.evaluate('Get', ['beyond'])).to.equal('5');
    expect(await test.submit('Put', [`${nth(2)}a`, 'within it'])).to.equal(0);
    expect(await test.commit(within)).to.deep.equal([PHANTOM_READ_CONFLICT]);
  });

  it('gives pages no longer than the limit, which bookmarks lead through to the end', async () => {
    const all = await open(3, 8);
    const pages: Page[] = [await page(5)];
    for (let last = pages[0]; last?.bookmark; pages.push(last)) last = await page(5, last.bookmark);
    expect(pages).to.deep.equal([
      { keys: all.slice(0, 3), bookmark: nth(3), fetchedRecordsCount: 3 },
      { keys: all.slice(3, 6), bookmark: nth(6), fetchedRecordsCount: 3 },
      { keys: all.slice(6), bookmark: '', fetchedRecordsCount: 2 },
    ]);
  });

  it('gives pages of more than a batch at once', async () => {
    const all = await open(200, 250);
    expect(await page(150)).to.deep.equal({
      keys: all.slice(0, 150),
      bookmark: nth(150),
      fetchedRecordsCount: 150,
    });
  });

  it('takes a bookmark without a size for a page as long as the limit, and neither for no page at all', async () => {
    const all = await open(3, 8);
    expect(await page(0, nth(4))).to.deep.equal({
      keys: all.slice(4, 7),
      bookmark: nth(7),
      fetchedRecordsCount: 3,
    });
    expect(await page(0)).to.deep.equal({ keys: all.slice(0, 3) });
  });

  it('gives no bookmark after the last key of the range, whatever lies beyond', async () => {
    await open(5, 8);
    const ending = JSON.parse(await test.evaluate('Page', ['n', nth(3), '3', ''])) as Page;
    expect(ending).to.deep.include({ bookmark: '', fetchedRecordsCount: 3 });
  });

  it('tells the latest changes of a key up to the limit', async () => {
    await open(3, 1);
    for (const value of ['b', 'c', 'd']) await test.submit('Put', [nth(0), value]);
    const history = JSON.parse(await test.evaluate('History', [nth(0)])) as { value: string }[];
    expect(history.map(({ value }) => value)).to.deep.equal(['d', 'c', 'b']);
  });

  it('needs a limit that is a number of results', async () => {
    await open(1, 1);
    for (const totalQueryLimit of [0, -1, 1.5, Number.NaN]) {
      const refused: unknown = await openTestLedger({ totalQueryLimit }).catch((error: unknown) => error);
      expect(refused, String(totalQueryLimit)).to.be.instanceOf(RangeError);
    }
  });
});
