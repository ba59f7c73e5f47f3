// A store opened for writing: what is committed stays, what fails leaves nothing, values come back exact or not at all.
import { IN_MEMORY, openStore, type Store, type StoreFormat, type Value } from '@wattlock/store';
import { expect } from 'chai';
import { add, NOTES, NOTES_2, refusal, TestFolder, textsOf } from '../../support/store';

describe('a store', () => {
  let folder: TestFolder;
  let file: string;
  const opened: Store[] = [];
  const open = (format: StoreFormat = NOTES, options = {}): Store => {
    const store = openStore(file, format, options);
    opened.push(store);
    return store;
  };

  beforeEach(() => {
    folder = new TestFolder();
    file = folder.file('notes.db');
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    folder.remove();
  });

  it('keeps what was committed, in one file once it is closed', () => {
    const store = open();
    add(store, 'one', 'two');
    store.close();
    store.close();
    expect(textsOf(open())).to.deep.equal(['one', 'two']);
  });

  it('keeps nothing of a transaction that throws, and throws the same', () => {
    const store = open();
    const reason = new Error('changed my mind');
    const failing = (): void => {
      store.transaction(() => {
        store.command("INSERT INTO note (text) VALUES ('never')").run();
        throw reason;
      });
    };
    expect(failing).to.throw().that.equals(reason);
    add(store, 'afterwards');
    expect(textsOf(store)).to.deep.equal(['afterwards']);
  });

  it('is written to disk at each commit, ahead of the file', () => {
    const store = open();
    const setting = (name: string): number | string | undefined =>
      store.query(`PRAGMA ${name}`, (row) => (name === 'synchronous' ? row.integer(0) : row.text(0))).get();
    expect([setting('journal_mode'), setting('synchronous')]).to.deep.equal(['wal', 2]);
  });

  it('has one writer at a time, in one process too, and is free as soon as that one closes', () => {
    const first = open();
    expect(refusal(open, file)).to.deep.equal({ code: 'STORE_BUSY', kind: 'busy' });
    const started = process.hrtime.bigint();
    expect(refusal(() => open(NOTES, { waitMs: 120 }), file).code).to.equal('STORE_BUSY');
    expect(Number(process.hrtime.bigint() - started) / 1e6).to.be.at.least(100);
    first.close();
    add(open(), 'mine now');
  });

  it('does nothing more once it is closed, also by statements prepared before', () => {
    const store = open();
    const [insert, select] = [store.command("INSERT INTO note (text) VALUES ('late')"), () => textsOf(store)];
    store.close();
    for (const attempt of [
      () => insert.run(),
      select,
      () => {
        store.transaction(() => undefined);
      },
    ]) {
      expect(refusal(attempt, file)).to.deep.equal({ code: 'STORE_CLOSED', kind: 'fault' });
    }
    expect(textsOf(open())).to.deep.equal([]);
  });

  it('says of a wrong statement that it is a fault, and goes on', () => {
    const store = open();
    expect(refusal(() => store.query('SELEC 1', () => 1), file)).to.deep.equal({
      code: 'STORE_FAULT',
      kind: 'fault',
    });
    const twice = (): void => {
      for (let time = 0; time < 2; time++) store.command("INSERT INTO note VALUES (1, 'same')").run();
    };
    expect(refusal(twice, file).code).to.equal('STORE_FAULT');
    add(store, 'still here');
  });

  it('can be kept in memory alone', () => {
    const [one, other] = [openStore(IN_MEMORY, NOTES), openStore(IN_MEMORY, NOTES)];
    add(one, 'here');
    expect([textsOf(one), textsOf(other)]).to.deep.equal([['here'], []]);
    one.close();
    other.close();
  });

  describe('migrates', () => {
    it('a file of an earlier version, with what is in it', () => {
      const first = open(NOTES);
      add(first, 'old');
      first.close();
      const second = open(NOTES_2);
      const rows = second.query('SELECT text, by FROM note', (row) => [row.text(0), row.text(1)]).all();
      expect(rows).to.deep.equal([['old', 'nobody']]);
    });

    it('as far as it comes, and refuses what is newer than it knows', () => {
      const broken = { version: 2, sql: 'CREATE TABLE half (id); CREATE TABLE note (id)' };
      const format = { ...NOTES, migrations: [...NOTES.migrations, broken] };
      expect(refusal(() => open(format), file).code).to.equal('STORE_FAULT');
      const store = open(NOTES);
      const tables = store.query('SELECT name FROM sqlite_schema ORDER BY name', (row) => row.text(0)).all();
      expect(tables).to.deep.equal(['note']);
      store.close();
      open(NOTES_2).close();
      expect(refusal(() => open(NOTES), file)).to.deep.equal({ code: 'STORE_NEWER', kind: 'refused' });
    });

    it('nothing of another kind, which stays as it was', () => {
      open().close();
      const others = { ...NOTES, applicationId: 1, what: 'a file of others' };
      expect(refusal(() => open(others), file)).to.deep.equal({ code: 'STORE_FOREIGN', kind: 'usage' });
      expect(textsOf(open())).to.deep.equal([]);
    });

    it('by numbers without a gap', () => {
      const format = { ...NOTES, migrations: [{ version: 2, sql: '' }] };
      expect(() => open(format)).to.throw(RangeError, 'migration 1 of a file of notes');
    });
  });

  describe('gives back', () => {
    const back = (value: Value): Value | undefined => {
      const read = open().query('SELECT ?', (row): Value => {
        if (row.isNull(0)) return null;
        if (typeof value === 'string') return row.text(0);
        if (typeof value === 'bigint') return row.bigint(0);
        return typeof value === 'number' ? row.integer(0) : row.bytes(0);
      });
      return read.get(value);
    };
    const VALUES: readonly (readonly [what: string, value: Value])[] = [
      ['the largest exact number', Number.MAX_SAFE_INTEGER],
      ['the largest integer', 2n ** 63n - 1n],
      ['the smallest integer', -(2n ** 63n)],
      ['text of any script', '電力 é 🔌'],
      ['no bytes', Buffer.of()],
      ['bytes that begin within their memory', new Uint8Array(Uint8Array.of(9, 0, 255, 9).buffer, 1, 2)],
      ['nothing', null],
    ];
    for (const [what, value] of VALUES) {
      it(`${what} as it was`, () => {
        const found = back(value);
        if (value instanceof Uint8Array) expect(Buffer.from(value).equals(found as Buffer)).to.equal(true);
        else expect(found).to.equal(value);
      });
    }

    it('no integer as a number that is not exact', () => {
      const large = open().query(`SELECT ${2n ** 53n + 1n}`, (row) => row.integer(0));
      expect(() => large.get()).to.throw(TypeError, 'too large');
    });

    it('no column as something else than it is', () => {
      const store = open();
      expect(() => store.query("SELECT '1'", (row) => row.integer(0)).get()).to.throw(
        TypeError,
        'not an integer',
      );
      expect(() => store.query('SELECT 1', (row) => row.text(0)).get()).to.throw(TypeError, 'not text');
      expect(() => store.query('SELECT NULL', (row) => row.bytes(0)).get()).to.throw(TypeError, 'not bytes');
      expect(() => store.query('SELECT 1', (row) => row.integer(1)).get()).to.throw(
        TypeError,
        'not an integer',
      );
    });
  });

  it('refuses to keep what it could not give back, before the driver sees it', () => {
    const select = open().query('SELECT ?', () => undefined);
    const values: readonly Value[] = [Number.NaN, 2 ** 53, 2n ** 63n, 'a\0b', 'half \ud83d'];
    for (const value of values)
      expect(() => {
        select.get(value);
      }, String(value)).to.throw(TypeError);
  });
});
