// A service that does the same work round after round. A round that fails is told and the next one tried: a watch that
// ends because a peer was down for a minute watches nothing.
import { every, type Clock } from '../clock';
import { isCoded } from '../errors';
import type { Log } from '../telemetry';
import type { Service } from './daemon';

export interface RoundsOptions {
  readonly name: string;
  readonly everyMs: number;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
  /** One round; it should end soon after the signal is aborted. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Told of every round: with the code of what it failed with, or without. */
  readonly onRound?: (failure: string | undefined) => void;
}

/** Rounds that may fail one after the other before the service counts as ill. */
const ILL_AFTER = 3;

export function rounds({ name, everyMs, clock, log, work, onRound }: RoundsOptions): Service {
  const abort = new AbortController();
  let failures = 0;
  let last: string | undefined;
  let running = Promise.resolve();

  const round = async (): Promise<void> => {
    try {
      await work(abort.signal);
      failures = 0;
      last = undefined;
    } catch (error) {
      failures += 1;
      last = isCoded(error) ? error.code : 'UNEXPECTED';
      log.warn('round failed', { service: name, failures, error });
    }
    onRound?.(last);
  };

  return {
    name,
    start() {
      running = every(clock, everyMs, round, abort.signal);
      return Promise.resolve();
    },
    async stop() {
      abort.abort();
      await running;
    },
    health: () =>
      failures >= ILL_AFTER ? `${failures} rounds failed, the last with ${String(last)}` : undefined,
  };
}
