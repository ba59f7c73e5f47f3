// Converting the free lots of a metering point into certificates: bundle them, drive the swaps, confirm the burns.
import {
  formatWh,
  readLot,
  sumWh,
  type AgreedLot,
  type Day,
  type EmbodimentNumber,
  type JsonObject,
  type Milliseconds,
  type PointId,
  type SwapId,
  type SwapStage,
  type ValueType,
} from '@wattlock/core';
import { mapConcurrent } from '../concurrency';
import { attempt, part, type FailedSwap } from './attempt';
import { begin, drive, type Course } from './course';
import type { SwapContext } from './party';
import { bundle, DEFAULT_SECOND_TIMEOUT_MS, propose } from './propose';
import { confirmBurns, receiptOf } from './receipts';

export interface ConvertOptions {
  readonly point: PointId;
  /** First and last day, both included; default all. */
  readonly from?: Day;
  readonly to?: Day;
  readonly embodiment?: EmbodimentNumber;
  readonly lotsPerSwap?: number;
  readonly valueTypes?: readonly ValueType[];
  readonly secondTimeoutMs?: Milliseconds;
  /** Swaps driven at once. */
  readonly inFlight?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** One swap as reports show it. */
export interface SwapSummary {
  readonly id: SwapId;
  readonly embodiment: EmbodimentNumber;
  readonly outcome: SwapStage;
  readonly lots: number;
  readonly energyWh: string;
}

export interface ConvertReport {
  readonly swaps: readonly SwapSummary[];
  readonly failed: readonly FailedSwap[];
  /** Energy of the completed swaps. */
  readonly energyWh: string;
  readonly elapsedMs: number;
}

/** Production area and specific source need evidence of their own; these three hold for any renewable plant. */
const DEFAULT_VALUE_TYPES: readonly ValueType[] = ['environmental-display', 'non-fossil', 'zero-emission'];
const DEFAULT_IN_FLIGHT = 32;

/**
 * Converts a point's free lots with energy. Swaps that fail are reported beside those that complete.
 * @throws WattlockError POINT_NOT_FOUND, or LedgerError when the lots cannot be read.
 */
export async function convert(context: SwapContext, options: ConvertOptions): Promise<ConvertReport> {
  const started = performance.now();
  const lots = await freeLots(context, options);
  const bundles = bundle(lots, options.lotsPerSwap ?? 1);
  const terms = {
    embodiment: options.embodiment ?? 4,
    valueTypes: options.valueTypes ?? DEFAULT_VALUE_TYPES,
    secondTimeoutMs: options.secondTimeoutMs ?? DEFAULT_SECOND_TIMEOUT_MS,
  };
  let done = 0;
  const outcomes = await mapConcurrent(bundles, options.inFlight ?? DEFAULT_IN_FLIGHT, async (members) => {
    const proposal = propose(context, members, terms);
    const outcome = await attempt(() => drive(context, begin(proposal)), proposal.swapId);
    options.onProgress?.(++done, bundles.length);
    return outcome;
  });
  const { courses, failed } = part(outcomes);
  await confirm(context, courses);
  const completed = courses.filter((course) => course.stage === 'completed');
  return {
    swaps: courses.map(summarise),
    failed,
    energyWh: formatWh(sumWh(completed.map((course) => course.proposal.agreement.energyWh))),
    elapsedMs: Math.round(performance.now() - started),
  };
}

/** A swap in the form of reports. */
export function summarise({ proposal, stage }: Course): SwapSummary {
  const { agreement, swapId } = proposal;
  return {
    id: swapId,
    embodiment: agreement.embodiment,
    outcome: stage,
    lots: agreement.lots.length,
    energyWh: formatWh(agreement.energyWh),
  };
}

/** Confirms the burns of every course that completed. */
export async function confirm(context: SwapContext, courses: readonly Course[]): Promise<void> {
  const receipts = courses.flatMap(({ proposal, stage, burn }) =>
    stage === 'completed' && burn !== undefined ? [receiptOf(proposal.swapId, burn)] : [],
  );
  if (receipts.length > 0) await confirmBurns(context, receipts);
}

/** The free lots with energy of a point, oldest first. */
export async function freeLots(
  context: SwapContext,
  { point, from, to }: Pick<ConvertOptions, 'point' | 'from' | 'to'>,
): Promise<AgreedLot[]> {
  const power = context.parties.generator.ledgers.power;
  await power.evaluate('ReadPoint', { id: point });
  const query: JsonObject = { point, from, to, states: ['available', 'withdrawn'] };
  const { lots } = await power.evaluate('ListLots', query);
  return (lots as readonly JsonObject[])
    .map((lot) => readLot(lot))
    .filter((lot) => lot.energyWh > 0n)
    .map(({ id, energyWh }) => ({ id, energyWh }));
}
