// A small kind of file for tests of the store: notes, in two versions, and a folder to keep them in.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError, type Migration, type Store, type StoreFormat, type View } from '@wattlock/store';
import { expect } from 'chai';

const FIRST: Migration = {
  version: 1,
  sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)',
};
const SECOND: Migration = {
  version: 2,
  sql: "ALTER TABLE note ADD COLUMN by TEXT NOT NULL DEFAULT 'nobody'",
};

const notes = (...migrations: readonly Migration[]): StoreFormat => ({
  what: 'a file of notes',
  applicationId: 0x6e6f7465,
  migrations,
});

export const NOTES = notes(FIRST);
export const NOTES_2 = notes(FIRST, SECOND);

/** Adds notes in one transaction. */
export function add(store: Store, ...texts: readonly string[]): void {
  const insert = store.command('INSERT INTO note (text) VALUES (?)');
  store.transaction(() => {
    for (const text of texts) insert.run(text);
  });
}

/** All notes in their order. */
export function textsOf(view: View): string[] {
  return view.query('SELECT text FROM note ORDER BY id', (row) => row.text(0)).all();
}

/** What an attempt is refused with; its message has to name the file. */
export function refusal(attempt: () => unknown, file: string): Pick<StoreError, 'code' | 'kind'> {
  try {
    attempt();
  } catch (error) {
    expect(error).to.be.instanceOf(StoreError);
    const { code, kind, message } = error as StoreError;
    expect(message).to.include(file);
    return { code, kind };
  }
  throw new Error('it was not refused');
}

/** What the visitor found: the notes, or why not. */
export type Visit = { readonly texts: readonly string[] } | { readonly code: string; readonly kind: string };

/** Opens a file in another process, as a user without rights on it. @param TMPDIR where that one may keep copies */
export function visit(way: 'read' | 'write', file: string, TMPDIR = tmpdir()): Visit {
  const program = join(__dirname, 'store-visitor.js');
  const env = { ...process.env, TMPDIR };
  const { stdout, stderr } = spawnSync(process.execPath, [program, way, file], { encoding: 'utf8', env });
  expect(stderr).to.equal('');
  return JSON.parse(stdout) as Visit;
}

/** A folder of a test's own, which others may enter. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'store-'));

  constructor() {
    chmodSync(this.path, 0o755);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** What is in it. */
  names(): string[] {
    return readdirSync(this.path).sort();
  }

  /** Takes everybody's right to write to the folder and all in it. */
  seal(): void {
    for (const name of this.names()) chmodSync(this.file(name), 0o444);
    chmodSync(this.path, 0o555);
  }

  remove(): void {
    chmodSync(this.path, 0o755);
    rmSync(this.path, { recursive: true });
  }
}
