// A process in which the shim prints all it can: invocations on an embedded ledger with every logger at DEBUG.
// What it still prints then, it would print in a peer's chaincode for whoever asked for DEBUG there.
import { createRequire } from 'node:module';
import { openTestLedger } from './embedded';

interface Loggers {
  getLogger(): { readonly transports: { silent?: boolean }[] };
  setLevel(level: string): void;
}

const LEVEL = 'CORE_CHAINCODE_LOGGING_LEVEL';

async function invokeAloud(): Promise<void> {
  const test = await openTestLedger();
  const load = createRequire(__filename);
  for (const library of ['fabric-shim/lib/logger', 'fabric-contract-api/lib/logger']) {
    const loggers = load(library) as Loggers;
    loggers.setLevel('DEBUG');
    process.env[LEVEL] = 'DEBUG'; // setLevel leaves its own name there, which is read as INFO
    for (const transport of loggers.getLogger().transports) transport.silent = false;
  }
  await test.submit('Put', ['k', 'v']);
  for (const [fn, ...args] of [
    ['Keys', '', ''],
    ['History', 'k'],
    ['GuardOf', 'k'],
  ] as const) {
    await test.evaluate(fn, args);
  }
  await test.evaluate('Refuse', ['refused aloud']).catch(() => undefined);
  await test.ledger.close();
}

void invokeAloud();
