// How many results a contract gets from one query on the embedded ledger: no more than a peer with the same limit gives.
// Source: Fabric 3.1.5, core/chaincode/query_response_generator.go and handler.go (calculateTotalReturnLimit).
import { expect } from 'chai';
import { openTestLedger, type TestLedger } from '../../support/embedded';
import { TestFolder } from '../../support/store';

const PHANTOM_READ_CONFLICT = 12;
const nth = (i: number): string => `n${String(i).padStart(3, '0')}`;
const ALL = Array.from({ length: 250 }, (_, i) => nth(i));

interface Page {
  readonly keys: readonly string[];
  readonly bookmark?: string;
  readonly fetchedRecordsCount?: number;
}

async function put(test: TestLedger, keys: readonly string[]): Promise<void> {
  const prepared = await Promise.all(keys.map((key) => test.prepare('Put', [key, 'v'])));
  expect(new Set(await test.commit(...prepared))).to.deep.equal(new Set([0]));
}

describe('a query on an embedded ledger with a limit', () => {
  const folder = new TestFolder();
  const file = folder.file('ledger.db');
  let test: TestLedger;

  before(async () => {
    const filled = await openTestLedger({ file });
    await put(filled, ALL);
    for (const value of ['b', 'c', 'd']) await filled.submit('Put', [nth(0), value]);
    await filled.ledger.close();
  });
  after(() => {
    folder.remove();
  });
  afterEach(() => test.ledger.close());

  /** A ledger of this limit that holds all keys, the first of them with four changes. */
  const open = async (totalQueryLimit: number): Promise<void> => {
    test = await openTestLedger({ file, totalQueryLimit });
  };
  const range = async (from: string, to: string): Promise<unknown> =>
    JSON.parse(await test.evaluate('Keys', [from, to]));
  const page = async (size: number, from: string, to: string, bookmark = ''): Promise<Page> =>
    JSON.parse(await test.evaluate('Page', [from, to, String(size), bookmark])) as Page;

  // A peer hands results over in batches of 100: the limit is for the query, not for a batch.
  for (const limit of [1, 5, 99, 100, 101, 150, 200, 201]) {
    it(`of ${limit} gives the first ${limit} of 250 keys, and no sign that there are more`, async () => {
      await open(limit);
      expect(await range('n', 'o')).to.deep.equal(ALL.slice(0, limit));
    });
  }

  it('gives all keys up to and including the limit', async () => {
    await open(5);
    expect(await range('n', nth(5))).to.deep.equal(ALL.slice(0, 5));
    expect(await range(nth(1), nth(5))).to.deep.equal(ALL.slice(1, 5));
  });

  it('gives pages no longer than the limit, which bookmarks lead through to the end', async () => {
    await open(3);
    const pages: Page[] = [await page(5, 'n', nth(8))];
    for (let last = pages[0]; last?.bookmark; pages.push(last))
      last = await page(5, 'n', nth(8), last.bookmark);
    expect(pages).to.deep.equal([
      { keys: ALL.slice(0, 3), bookmark: nth(3), fetchedRecordsCount: 3 },
      { keys: ALL.slice(3, 6), bookmark: nth(6), fetchedRecordsCount: 3 },
      { keys: ALL.slice(6, 8), bookmark: '', fetchedRecordsCount: 2 },
    ]);
  });

  it('gives a page of more than a batch at once', async () => {
    await open(200);
    const expected = { keys: ALL.slice(0, 150), bookmark: nth(150), fetchedRecordsCount: 150 };
    expect(await page(150, 'n', 'o')).to.deep.equal(expected);
  });

  it('takes a bookmark without a size for a page as long as the limit, and neither for no page at all', async () => {
    await open(3);
    const expected = { keys: ALL.slice(4, 7), bookmark: nth(7), fetchedRecordsCount: 3 };
    expect(await page(0, 'n', 'o', nth(4))).to.deep.equal(expected);
    expect(await page(0, 'n', 'o')).to.deep.equal({ keys: ALL.slice(0, 3) });
  });

  it('gives no bookmark after the last key of the range, whatever lies beyond', async () => {
    await open(5);
    expect(await page(3, 'n', nth(3))).to.deep.include({ bookmark: '', fetchedRecordsCount: 3 });
  });

  it('gives no metadata with a page without records, as the shim has none then on a peer', async () => {
    await open(5);
    expect(await page(3, 'nothing', 'o')).to.deep.equal({ keys: [] });
  });

  it('tells the latest changes of a key up to the limit', async () => {
    await open(3);
    const history = JSON.parse(await test.evaluate('History', [nth(0)])) as { value: string }[];
    expect(history.map(({ value }) => value)).to.deep.equal(['d', 'c', 'b']);
  });

  it('that was cut is guarded against phantoms as far as it was read', async () => {
    test = await openTestLedger({ totalQueryLimit: 5 });
    await put(test, ALL.slice(0, 8));
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

  it('needs a limit that is a number of results', async () => {
    await open(1);
    for (const totalQueryLimit of [0, -1, 1.5, Number.NaN]) {
      const refused: unknown = await openTestLedger({ totalQueryLimit }).catch((error: unknown) => error);
      expect(refused, String(totalQueryLimit)).to.be.instanceOf(RangeError);
    }
  });
});
