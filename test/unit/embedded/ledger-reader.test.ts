// A ledger file read without its keys: by somebody without rights on it, beside its writer, and after that was killed.
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openEmbeddedReader, EmbeddedError, type EmbeddedReader } from '@wattlock/embedded';
import { parseBlock } from '@wattlock/gateway';
import { StoreError } from '@wattlock/store';
import { expect } from 'chai';
import Database from 'libsql';
import {
  CHANNEL,
  consortium,
  notebookChannel,
  openTestLedger,
  type TestLedger,
} from '../../support/embedded';
import type { WriterOrder } from '../../support/embedded-writer';
import { TestFolder } from '../../support/store';

/** What another process sees of a ledger file: heights and hashes of its channels, and how many blocks they have. */
const LOOK = `
  const { openEmbeddedReader } = require('@wattlock/embedded');
  if (process.getuid?.() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
  const reader = openEmbeddedReader(process.argv[1]);
  const seen = reader.heads().map(({ channel, height, hash }) => [
    channel, height, Buffer.from(hash).toString('hex'), [...reader.blocks(channel, 0, height)].length,
  ]);
  reader.close();
  process.stdout.write(JSON.stringify(seen));
`;

describe('a reader of a ledger file', () => {
  let folder: TestFolder;
  let file: string;
  const opened: { close(): unknown }[] = [];
  const read = (): EmbeddedReader => {
    const reader = openEmbeddedReader(file);
    opened.push(reader);
    return reader;
  };
  const write = async (options: Parameters<typeof openTestLedger>[0] = {}): Promise<TestLedger> => {
    const test = await openTestLedger({ file, ...options });
    opened.push(test.ledger);
    return test;
  };
  const failure = (attempt: () => unknown): string => {
    try {
      attempt();
    } catch (error) {
      if (error instanceof EmbeddedError || error instanceof StoreError) return error.code;
      throw error;
    }
    throw new Error('it did not fail');
  };
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  beforeEach(() => {
    folder = new TestFolder();
    file = folder.file('ledger.db');
  });
  afterEach(async () => {
    for (const made of opened.splice(0)) await made.close();
    folder.remove();
  });

  /** Reads a channel to its head and follows the hashes from block to block. */
  const followed = (reader: EmbeddedReader, channel = CHANNEL): number => {
    const head = reader.heads().find((candidate) => candidate.channel === channel);
    let [previous, height] = ['', 0];
    for (const bytes of reader.blocks(channel, 0, head?.height)) {
      const block = parseBlock(bytes);
      expect([block.number, block.previousHash]).to.deep.equal([height++, previous]);
      previous = block.headerHash;
    }
    expect([height, previous]).to.deep.equal([head?.height, hex(head?.hash ?? new Uint8Array())]);
    return height;
  };

  it('sees each channel’s height, head and blocks, as its writer does', async () => {
    const test = await write({ channels: [notebookChannel(CHANNEL), notebookChannel('certificate')] });
    const reader = read();
    for (const value of ['a', 'b', 'c']) {
      await test.submit('Put', ['k', value]);
      const height = test.channel.height();
      expect(reader.heads().map((head) => [head.channel, head.height])).to.deep.equal([
        ['certificate', 1],
        [CHANNEL, height],
      ]);
      expect(followed(reader)).to.equal(height);
      const [last] = reader.blocks(CHANNEL, height - 1);
      expect(hex(last ?? new Uint8Array())).to.equal(hex(test.channel.block(height - 1) ?? new Uint8Array()));
    }
    expect([...reader.blocks(CHANNEL, 1, 3)]).to.have.length(2);
    expect([...reader.blocks(CHANNEL, 4)]).to.deep.equal([]);
  });

  it('needs no right to write', async () => {
    const test = await write();
    await test.submit('Put', ['k', 'v']);
    await test.ledger.close();
    const heads = read()
      .heads()
      .map(({ channel, height, hash }) => [channel, height, hex(hash), height]);
    folder.seal();
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', LOOK, file], {
      encoding: 'utf8',
      cwd: __dirname,
    });
    expect([stderr, JSON.parse(stdout || 'null')]).to.deep.equal(['', heads]);
  });

  describe('beside a process that writes as fast as it can', () => {
    let writer: ChildProcess;
    const announced = async (count: number): Promise<void> => {
      for (let seen = 0; seen < count; seen++) await once(writer, 'message');
    };
    beforeEach(async () => {
      const order: WriterOrder = { file, people: await consortium() };
      writer = fork(join(__dirname, '../../support/embedded-writer.js'), { serialization: 'advanced' });
      writer.send(order);
      await announced(8);
    });
    afterEach(async () => {
      if (writer.exitCode !== null || writer.signalCode !== null) return;
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    });

    it('sees whole chains that grow', async () => {
      const reader = read();
      const heights: number[] = [];
      for (let time = 0; time < 5; time++) {
        heights.push(followed(reader));
        await announced(8);
      }
      expect(heights).to.deep.equal([...new Set(heights)].sort((a, b) => a - b));
    }).timeout(20_000);

    it('sees all that was committed when that one is killed', async () => {
      const before = followed(read());
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      expect(followed(read())).to.be.at.least(before);
      const after = await write();
      expect(followed(read())).to.equal(after.channel.height());
    }).timeout(20_000);
  });

  it('says which block is missing, which channel is not there, and that there is no file', async () => {
    const test = await write();
    for (const value of ['a', 'b']) await test.submit('Put', ['k', value]);
    await test.ledger.close();
    expect(failure(() => [...read().blocks('other', 0)])).to.equal('EMBEDDED_CHANNEL_UNKNOWN');
    const database = new Database(file);
    database.exec('DELETE FROM block WHERE number = 1');
    database.close();
    expect(failure(() => [...read().blocks(CHANNEL, 0)])).to.equal('EMBEDDED_CORRUPT');
    file = folder.file('nothing.db');
    expect(failure(read)).to.equal('STORE_MISSING');
  });

  it('refuses a ledger of a newer format', async () => {
    await (await write()).ledger.close();
    const database = new Database(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(failure(read)).to.equal('EMBEDDED_SCHEMA');
  });
});
