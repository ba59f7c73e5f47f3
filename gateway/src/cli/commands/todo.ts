// `wattlock todo`: what somebody has to do now, the most urgent first.
import { formatWh, type EpochMs, type Party, type SwapId, type SwapStage } from '@wattlock/core';
import { machineClock } from '../../clock';
import type { OutstandingSwap } from '../../swap';
import { marginIn } from '../../views';
import { command } from '../command';
import { grouped, short, table } from '../format';
import { actorOf, commandOf, deedOf } from '../outlook-text';
import { optional, word } from '../parameter';
import type { View } from '../view';

/** One thing to do. */
interface Task {
  /** In words, such as `destroy the lots`. */
  readonly do: string;
  readonly swap: SwapId;
  readonly stage: SwapStage;
  readonly energyWh?: string;
  /** Whose part it is; anybody's when absent. */
  readonly by?: Party;
  /** By when, or absent when it has no end. */
  readonly until?: EpochMs;
  /** Not before; absent when it can be done now. */
  readonly from?: EpochMs;
  /** What does it, after `wattlock`. */
  readonly command?: string;
}

interface TodoReport {
  readonly tasks: readonly Task[];
}

export const todoCommands = [
  command({
    path: ['todo'],
    summary:
      'list what is to be done now: open swaps with their next step and deadline, and missing burn receipts',
    details: 'The most urgent first. Nothing is done: each line names the command that does it.',
    example: 'todo --for certifier',
    json: '{tasks: [{do, swap, stage, energyWh?, by?, until?, from?, command?}]}',
    options: {
      for: optional(
        'PARTY',
        'only what this party has to do: certifier or generator',
        word('certifier', 'generator'),
      ),
    },
    async run(context, { for: party }): Promise<TodoReport> {
      const marginMs = (await context.records()).read(marginIn);
      const { OpenSwaps, outstandingSwaps } = await import('../../swap/index.js');
      const seen = new OpenSwaps();
      await seen.catchUp(await context.blocks());
      const swaps = outstandingSwaps(seen, machineClock.now(), marginMs);
      const receipts = seen.unconfirmed().map(({ swapId }) => swapId);
      const tasks = [...swaps.map(taskOf), ...receipts.map(receiptTask)].sort(
        (a, b) => urgency(a) - urgency(b),
      );
      return { tasks: tasks.filter(({ by }) => party === undefined || by === undefined || by === party) };
    },
    render: ({ tasks }, view) =>
      table(
        tasks,
        [
          { heading: 'DO', of: (task) => task.do },
          { heading: 'SWAP', of: ({ swap }) => short(swap) },
          { heading: 'STAGE', of: ({ stage }) => stage },
          {
            heading: 'ENERGY Wh',
            align: 'right',
            of: ({ energyWh }) => (energyWh === undefined ? '' : grouped(energyWh)),
          },
          { heading: 'BY', of: ({ by }) => by ?? 'anybody' },
          { heading: 'WHEN', of: (task) => when(task, view) },
          { heading: 'COMMAND', of: ({ command: name }) => (name === undefined ? '' : `wattlock ${name}`) },
        ],
        'nothing to do',
        view.width,
      ),
  }),
];

function taskOf({ swapId, agreement, stage, outlook: { next } }: OutstandingSwap): Task {
  const by = actorOf(next);
  const name = commandOf(next, stage);
  return {
    ...{ do: deedOf(next), swap: swapId, stage, energyWh: formatWh(agreement.energyWh) },
    ...(by !== undefined && { by }),
    ...('until' in next && { until: next.until }),
    ...('from' in next && { from: next.from }),
    ...(name !== undefined && { command: name === 'swap withdraw' ? `${name} ${short(swapId)}` : name }),
  };
}

function receiptTask(swap: SwapId): Task {
  return { do: 'post the burn receipt', swap, stage: 'completed', command: 'swap finish' };
}

/** What ends soonest stands first, then what can be done now, then what has to wait. */
function urgency({ until, from }: Task): number {
  return until ?? (from === undefined ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER);
}

function when({ until, from }: Task, view: View): string {
  if (until !== undefined) return `before ${view.time(until)} (${view.distance(until)})`;
  return from === undefined ? 'now' : `from ${view.time(from)} (${view.distance(from)})`;
}
