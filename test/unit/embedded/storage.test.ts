// The embedded ledger's file: everything is there after reopening, and a wrong or busy file is refused plainly.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedError, type EmbeddedOptions } from '@wattlock/embedded';
import { createOrganisation } from '@wattlock/msp';
import { expect } from 'chai';
import Database from 'libsql';
import { TestLedger, consortium, notebookChannel, openTestLedger, present } from '../../support/embedded';

describe('embedded storage', () => {
  let folder: string;
  let file: string;
  const opened: TestLedger[] = [];
  const open = async (options: Partial<EmbeddedOptions> = {}): Promise<TestLedger> => {
    const ledger = await openTestLedger({ file, ...options });
    opened.push(ledger);
    return ledger;
  };
  const failure = async (attempt: Promise<unknown>): Promise<string> => {
    const error: unknown = await attempt.then(() => undefined).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(EmbeddedError);
    return (error as EmbeddedError).code;
  };
  /** Changes the file behind the ledger's back. */
  const tamper = (...statements: readonly string[]): void => {
    const database = new Database(file);
    for (const statement of statements) database.exec(statement);
    database.close();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embedded-'));
    file = join(folder, 'ledger.db');
  });
  afterEach(async () => {
    for (const { ledger } of opened.splice(0)) await ledger.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps blocks, outcomes, values, policies and history, and goes on where it was', async () => {
    const before = await open();
    const first = await before.prepare('GuardAndPut', ['k', '2', '["Org1MSP","Org3MSP"]', 'v']);
    expect(await before.commit(first)).to.deep.equal([0]);
    const bytes = present(before.channel.block(1));
    await before.ledger.close();

    const after = await open();
    expect(after.channel.height()).to.equal(2);
    expect(Buffer.from(present(after.channel.block(1))).equals(bytes)).to.equal(true);
    expect(after.channel.transaction(first.txId)).to.deep.equal({ code: 0, blockNumber: 1 });
    expect(await after.evaluate('Get', ['k'])).to.equal('v');
    expect(await after.submit('Append', ['k', '!'], ['Org1MSP', 'Org2MSP'])).to.equal(10);
    expect(await after.submit('Append', ['k', '!'], ['Org1MSP', 'Org3MSP'])).to.equal(0);
    expect(JSON.parse(await after.evaluate('History', ['k']))).to.have.length(2);
  });

  it('holds both channels in one file, apart from each other', async () => {
    const channels = [notebookChannel('power'), notebookChannel('certificate')];
    const power = await open({ channels });
    const certificate = new TestLedger(power.ledger, power.people, power.ledger.channel('certificate'));
    await power.submit('Put', ['k', 'energy']);
    await certificate.submit('Put', ['k', 'value']);
    await certificate.submit('Put', ['k', 'more value']);
    expect([power.channel.height(), certificate.channel.height()]).to.deep.equal([2, 3]);
    await power.ledger.close();
    const again = await open({ channels });
    expect(await again.evaluate('Get', ['k'])).to.equal('energy');
    expect(() => again.ledger.channel('other'))
      .to.throw(EmbeddedError)
      .with.property('code', 'EMBEDDED_CHANNEL_UNKNOWN');
  });

  it('holds each channel in a file of its own just as well', async () => {
    const power = await open({ channels: [notebookChannel('power')] });
    const certificate = await open({
      channels: [notebookChannel('certificate')],
      file: join(folder, 'other.db'),
    });
    await Promise.all([power.submit('Put', ['k', 'energy']), certificate.submit('Put', ['k', 'value'])]);
    expect(await power.evaluate('Get', ['k'])).to.equal('energy');
    expect(await certificate.evaluate('Get', ['k'])).to.equal('value');
  });

  it('has one opener at a time, and is free as soon as that one closes', async () => {
    const first = await open();
    expect(await failure(open())).to.equal('EMBEDDED_IN_USE');
    await first.ledger.close();
    await first.ledger.close();
    await (await open()).ledger.close();
  });

  it('commits what was accepted before it closes, and accepts nothing after', async () => {
    const first = await open({ cut: { maxMessages: 100, maxWaitMs: 60_000 } });
    const prepared = await first.prepare('Put', ['k', 'v']);
    await first.channel.broadcast(prepared.envelope);
    await first.ledger.close();
    expect(await failure(first.channel.broadcast(prepared.envelope))).to.equal('EMBEDDED_CLOSED');
    expect(await failure(first.channel.endorse('Org1MSP', new Uint8Array()))).to.equal('EMBEDDED_CLOSED');
    expect((await open()).channel.transaction(prepared.txId)?.code).to.equal(0);
  });

  it('refuses a file of other members', async () => {
    await (await open()).ledger.close();
    const people = await consortium();
    const { ca } = await createOrganisation({ mspId: 'Org1MSP', name: 'org1', domain: 'org1.example' });
    const members = [
      {
        mspId: 'Org1MSP',
        caCertificatePem: ca.certificatePem,
        endorser: present(people.endorsers.get('Org1MSP')),
      },
    ];
    expect(await failure(open({ members }))).to.equal('EMBEDDED_CONFIG');
  });

  it('refuses a file of another format, and one that is none', async () => {
    await (await open()).ledger.close();
    tamper('PRAGMA user_version = 99');
    expect(await failure(open())).to.equal('EMBEDDED_SCHEMA');
    file = join(folder, 'text.db');
    writeFileSync(file, 'this is a text, and long enough not to be taken for an empty database file at all');
    expect(await failure(open())).to.equal('EMBEDDED_SCHEMA');
  });

  it('refuses a chain whose last block does not follow', async () => {
    const first = await open();
    for (const value of ['a', 'b', 'c']) await first.submit('Put', ['k', value]);
    await first.ledger.close();
    tamper('DELETE FROM block WHERE number = 2');
    expect(await failure(open())).to.equal('EMBEDDED_CORRUPT');
    tamper('INSERT INTO block SELECT channel, 2, bytes FROM block WHERE number = 1');
    expect(await failure(open())).to.equal('EMBEDDED_CORRUPT');
  });

  it('opens and closes quickly, as one command after another needs', async () => {
    await (await open()).ledger.close();
    const options = { file, channels: [notebookChannel('power')] };
    const started = process.hrtime.bigint();
    await (await openTestLedger(options)).ledger.close();
    expect(Number(process.hrtime.bigint() - started) / 1e6).to.be.below(500);
  });
});
