// A process that writes to a ledger file as fast as it can until it is killed; for crash tests.
// It is told the file and the keys, and tells the id of every transaction it saw committed.
import { adopt, openTestLedger, type Consortium } from './embedded';

/** First message from the parent. */
export interface WriterOrder {
  readonly file: string;
  readonly people: Consortium;
}

process.once('message', (order: WriterOrder) => void write(order));

async function write({ file, people }: WriterOrder): Promise<void> {
  adopt(people);
  const test = await openTestLedger({ file });
  for (let round = 0; ; round++) {
    const keys = Array.from({ length: 8 }, (_, i) => `k${i}`);
    const prepared = await Promise.all(keys.map((key) => test.prepare('Append', [key, `${round},`])));
    const codes = await test.commit(...prepared);
    if (codes.some((code) => code !== 0)) throw new Error(`a transaction was invalid: ${codes.join()}`);
    for (const { txId } of prepared) process.send?.(txId);
  }
}
