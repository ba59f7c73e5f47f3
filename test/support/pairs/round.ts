// One round of a pair: two processes run its commands at the same instant on one home, and the home is looked at afterwards.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { whatIsBroken, type Ground } from './homes';
import type { Pair } from './table';
import { now, runHere, type PairAnswer, type PairOrder } from './worker';

/** Two processes that run pairs. */
export interface Runners {
  round(pair: Pair): Promise<Round>;
  close(): void;
}

export interface Round {
  /** Whether there was an instant at which both were at work. */
  readonly overlapped: boolean;
  /** What each ended with: `ok`, or its code. */
  readonly ends: readonly [string, string];
  /** What is wrong with the home or with an answer; undefined when nothing is. */
  readonly broken: string | undefined;
}

/** Time for both processes to get ready, in milliseconds. */
const LEAD_MS = 15;

export function startRunners(ground: Ground): Runners {
  const workers = [0, 1].map(() =>
    fork(require.resolve('./worker'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  );
  return {
    async round(pair) {
      const home = await ground.home(pair.before);
      const at = now() + LEAD_MS;
      const [a, b] = (await Promise.all(
        workers.map((worker, i) => ask(worker, { home, args: pair.commands[i] as readonly string[], at })),
      )) as [PairAnswer, PairAnswer];
      const ends = [endOf(a), endOf(b)] as const;
      const unexpected = ends.find((end) => end !== 'ok' && !pair.refusals.includes(end));
      const broken =
        unexpected === undefined
          ? await whatIsBroken(ground.folder, home, pair.onPeers === true ? 'fabric' : 'embedded')
          : `${unexpected}: ${a.stdout}${b.stdout}`;
      if (pair.onPeers === true) await runHere(home, ['network', 'down', '--remove']);
      return { overlapped: Math.max(a.began, b.began) < Math.min(a.ended, b.ended), ends, broken };
    },
    close() {
      for (const worker of workers) worker.kill();
    },
  };
}

async function ask(worker: ChildProcess, order: PairOrder): Promise<PairAnswer> {
  worker.send(order);
  const [answer] = (await once(worker, 'message')) as [PairAnswer];
  return answer;
}

function endOf({ code, stdout }: PairAnswer): string {
  if (code === 0) return 'ok';
  const document = JSON.parse(stdout) as { readonly error?: { readonly code: string } };
  return document.error?.code ?? 'the checks that failed';
}
