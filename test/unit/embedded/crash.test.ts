// The embedded ledger's process is killed while it writes: what it had announced as committed is there afterwards.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedError } from '@wattlock/embedded';
import { expect } from 'chai';
import { consortium, openTestLedger } from '../../support/embedded';
import type { WriterOrder } from '../../support/embedded-writer';

describe('embedded crash', () => {
  it('loses nothing that was announced, keeps state and history in step, and frees the file at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'embedded-'));
    const file = join(folder, 'ledger.db');
    const order: WriterOrder = { file, people: await consortium() };
    const writer = fork(join(__dirname, '../../support/embedded-writer.js'), { serialization: 'advanced' });
    const announced: string[] = [];
    const enough = new Promise<void>((resolve) => {
      writer.on('message', (txId: string) => {
        if (announced.push(txId) >= 60) resolve();
      });
    });
    writer.send(order);
    await enough;
    const busy: unknown = await openTestLedger({ file }).catch((reason: unknown) => reason);
    expect(busy).to.be.instanceOf(EmbeddedError).with.property('code', 'EMBEDDED_IN_USE');
    writer.kill('SIGKILL');
    await once(writer, 'exit');

    const test = await openTestLedger({ file });
    for (const txId of announced) expect(test.channel.transaction(txId)?.code, txId).to.equal(0);
    const history = JSON.parse(await test.evaluate('History', ['k0'])) as { value: string }[];
    expect(history[0]?.value).to.equal(await test.evaluate('Get', ['k0']));
    expect(await test.submit('Append', ['k0', 'after'])).to.equal(0);
    await test.ledger.close();
    rmSync(folder, { recursive: true });
  }).timeout(20_000);
});
