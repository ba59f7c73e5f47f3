// Counts transactions that were ordered and found invalid, whatever the caller does about them.
import type { Leg } from '@wattlock/core';
import { type Ledger, LedgerError, type Ledgers } from '../ledger';

export interface InvalidCounter {
  count: number;
}

/** A ledger that behaves as the given one and counts its INVALIDATED transactions. */
function counting<L extends Leg>(ledger: Ledger<L>, counter: InvalidCounter): Ledger<L> {
  const send: Ledger['send'] = async (transaction) => {
    try {
      return await ledger.send(transaction);
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'INVALIDATED') counter.count += 1;
      throw error;
    }
  };
  return {
    leg: ledger.leg,
    channel: ledger.channel,
    mspId: ledger.mspId,
    endorsers: ledger.endorsers,
    clock: ledger.clock,
    entropy: ledger.entropy,
    telemetry: ledger.telemetry,
    endorse: (request) => ledger.endorse(request),
    send,
    submit: async (request) => send(await ledger.endorse(request)),
    evaluate: (fn, document, chaincode) => ledger.evaluate(fn, document, chaincode),
    height: () => ledger.height(),
    blocks: (from, options) => ledger.blocks(from, options),
    close: () => ledger.close(),
  };
}

/** Both channels, counting together. */
export function countingLedgers(ledgers: Ledgers, counter: InvalidCounter): Ledgers {
  return {
    power: counting(ledgers.power, counter),
    certificate: counting(ledgers.certificate, counter),
  };
}
