// What goes wrong with a store's file: each case has its own code and kind, names the file, and spoils nothing.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openStore, StoreError } from '@wattlock/store';
import { expect } from 'chai';
import { add, NOTES, refusal, TestFolder, textsOf, visit } from '../../support/store';

describe('a store that fails', () => {
  let folder: TestFolder;
  let file: string;
  beforeEach(() => {
    folder = new TestFolder();
    file = folder.file('notes.db');
  });
  afterEach(() => {
    folder.remove();
  });
  const open = (path = file): void => {
    openStore(path, NOTES).close();
  };

  it('says that the disk is full, keeps nothing of what did not fit, and goes on when there is room', () => {
    const store = openStore(file, NOTES);
    add(store, 'fits');
    const pages = store.query('PRAGMA page_count', (row) => row.integer(0)).get() ?? 0;
    // SQLite's own limit fails in the same place and with the same code as a disk does.
    store.query(`PRAGMA max_page_count = ${pages}`, (row) => row.integer(0)).get();
    const tooMuch = (): void => {
      add(store, ...Array.from({ length: 100 }, (_, i) => `${i} ${'x'.repeat(1000)}`));
    };
    expect(refusal(tooMuch, file)).to.deep.equal({ code: 'STORE_FULL', kind: 'space' });
    expect(textsOf(store)).to.deep.equal(['fits']);
    store.query('PRAGMA max_page_count = 1000000', (row) => row.integer(0)).get();
    tooMuch();
    expect(textsOf(store)).to.have.length(101);
    store.close();
  });

  it('says of a file or folder without the right to write that it can only be read', () => {
    open();
    chmodSync(file, 0o444);
    chmodSync(folder.path, 0o777);
    const readOnly = { code: 'STORE_READONLY', kind: 'readonly' };
    expect(visit('write', file)).to.deep.equal(readOnly);
    chmodSync(file, 0o666);
    chmodSync(folder.path, 0o555);
    expect(visit('write', file)).to.deep.equal(readOnly);
  });

  it('says of a folder, and of a path through a file or through nothing, that no file can be there', () => {
    const wrong = { code: 'STORE_WRONG_PLACE', kind: 'usage' };
    mkdirSync(folder.file('folder'));
    writeFileSync(folder.file('text'), 'some text');
    for (const name of ['folder', 'text/notes.db', 'nowhere/notes.db']) {
      expect(
        refusal(() => {
          open(folder.file(name));
        }, folder.file(name)),
        name,
      ).to.deep.equal(wrong);
    }
    expect(folder.names()).to.deep.equal(['folder', 'text']);
  });

  it('says of bytes that are no database that they are none, and leaves them', () => {
    const text = 'this is a text, and long enough not to be taken for an empty database file at all'.repeat(
      10,
    );
    writeFileSync(file, text);
    expect(refusal(open, file)).to.deep.equal({ code: 'STORE_NO_DATABASE', kind: 'damaged' });
    expect(readFileSync(file, 'utf8')).to.equal(text);
  });

  it('says of a file with overwritten pages that it is damaged', () => {
    const store = openStore(file, NOTES);
    add(store, ...Array.from({ length: 200 }, (_, i) => `note ${i} ${'x'.repeat(200)}`));
    store.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, 4096));
    const again = openStore(file, NOTES);
    expect(refusal(() => textsOf(again), file)).to.deep.equal({ code: 'STORE_DAMAGED', kind: 'damaged' });
    again.close();
  });

  it('has the cause with it, for whoever looks into a fault', () => {
    const store = openStore(file, NOTES);
    const cause = (): unknown => {
      try {
        return textsOf({ query: (_sql, read) => store.query('SELECT unknown_column', read) });
      } catch (error) {
        return error instanceof StoreError ? error.cause : error;
      }
    };
    expect(cause()).to.be.instanceOf(Error).with.property('message').that.includes('no such column');
    store.close();
  });
});
