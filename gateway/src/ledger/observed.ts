// A ledger that tells what is done with it: one decorator for every kind of ledger. Functions, ids, codes and durations
// are told; documents and private inputs never are.
import { isCoded } from '../errors';
import type { Leg } from '@wattlock/core';
import type { Telemetry } from '../telemetry';
import type { Ledger } from './port';

/** The ledger itself, with `telemetry` told of every call. */
export function observed<L extends Leg>(ledger: Ledger<L>, telemetry: Telemetry): Ledger<L> {
  const { channel, clock, mspId } = ledger;
  const { metrics } = telemetry;
  const log = telemetry.log.with({ channel, mspId });

  const timed = async <T>(
    work: () => Promise<T>,
    end: (outcome: string | undefined, ms: number) => void,
  ): Promise<T> => {
    const begun = clock.monotonic();
    try {
      const result = await work();
      end(undefined, clock.monotonic() - begun);
      return result;
    } catch (error) {
      end(isCoded(error) ? error.code : 'UNEXPECTED', clock.monotonic() - begun);
      throw error;
    }
  };

  const endorse: Ledger<L>['endorse'] = (request) =>
    timed(
      () => ledger.endorse(request),
      (code, ms) => {
        const { fn, endorsers } = request;
        metrics.count('wattlock_endorsements_total', { channel, fn, outcome: code ?? 'endorsed' });
        if (code === undefined) metrics.took('wattlock_endorse_seconds', { channel }, ms);
        log.debug('endorse', { fn, endorsers, outcome: code ?? 'endorsed', ms });
      },
    );

  const send: Ledger['send'] = (transaction) =>
    timed(
      () => ledger.send(transaction),
      (code, ms) => {
        const { transactionId } = transaction;
        metrics.count('wattlock_commits_total', { channel, outcome: code ?? 'valid' });
        if (code === undefined) metrics.took('wattlock_commit_seconds', { channel }, ms);
        log.debug('send', { transactionId, outcome: code ?? 'valid', ms });
      },
    );

  return {
    ...{ leg: ledger.leg, channel, mspId, endorsers: ledger.endorsers },
    ...{ clock, entropy: ledger.entropy, telemetry },
    endorse,
    send,
    submit: async (request) => send(await endorse(request)),
    evaluate: (fn, document, chaincode) =>
      timed(
        () => ledger.evaluate(fn, document, chaincode),
        (code, ms) => {
          metrics.count('wattlock_reads_total', { channel, fn, outcome: code ?? 'answered' });
          log.trace('evaluate', { fn, outcome: code ?? 'answered', ms });
        },
      ),
    async height() {
      const height = await ledger.height();
      metrics.set('wattlock_block_height', { channel }, height);
      return height;
    },
    async *blocks(from, options) {
      let number = from;
      for await (const block of ledger.blocks(from, options)) {
        metrics.count('wattlock_blocks_total', { channel });
        log.trace('block', { number: number++, bytes: block.length });
        yield block;
      }
    },
    close: () => ledger.close(),
  };
}
