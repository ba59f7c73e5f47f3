// Converting the free lots of a metering point into certificates: bundle them, drive the swaps, confirm the burns.
import {
  EMBODIMENTS,
  formatWh,
  FUNCTIONS,
  readDocument,
  sumWh,
  type AgreedLot,
  type BurnForm,
  type Day,
  type EmbodimentNumber,
  type IssuanceForm,
  type JsonObject,
  type Milliseconds,
  type PointId,
  type ValueType,
} from '@wattlock/core';
import { mapConcurrent } from '../concurrency';
import { attempt, part, type FailedSwap } from './attempt';
import { confirmCourses, unconfirmed } from './confirm';
import { begin, drive, type Course } from './course';
import type { SwapContext } from './party';
import { bundle, burnFormOf, DEFAULT_SECOND_TIMEOUT_MS, propose } from './propose';
import { summarise, type SwapSummary } from './summary';

export interface ConvertOptions {
  readonly point: PointId;
  /** First and last day, both included; default all. */
  readonly from?: Day;
  readonly to?: Day;
  readonly embodiment?: EmbodimentNumber;
  /** How the energy is burned; default as the embodiment's form has it. */
  readonly burnForm?: BurnForm | undefined;
  /** Where the certificates come from; default they are minted. */
  readonly issuanceForm?: IssuanceForm | undefined;
  readonly lotsPerSwap?: number;
  readonly valueTypes?: readonly ValueType[];
  readonly secondTimeoutMs?: Milliseconds;
  /** Swaps driven at once. */
  readonly inFlight?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ConvertReport {
  readonly swaps: readonly SwapSummary[];
  readonly failed: readonly FailedSwap[];
  /** Energy of the completed swaps. */
  readonly energyWh: string;
  readonly elapsedMs: number;
}

/** Production area and specific source need evidence of their own; these three hold for any renewable plant. */
export const DEFAULT_VALUE_TYPES: readonly ValueType[] = [
  'environmental-display',
  'non-fossil',
  'zero-emission',
];
const DEFAULT_IN_FLIGHT = 32;

/**
 * Converts a point's free lots with energy. Swaps that fail are reported beside those that complete.
 * @throws WattlockError POINT_NOT_FOUND, BAD_AGREEMENT for a burn form of the other form, or LedgerError when the lots
 * cannot be read.
 */
export async function convert(context: SwapContext, options: ConvertOptions): Promise<ConvertReport> {
  const started = performance.now();
  const embodiment = options.embodiment ?? 4;
  const terms = {
    embodiment,
    burnForm: burnFormOf(EMBODIMENTS[embodiment], options.burnForm),
    issuanceForm: options.issuanceForm,
    valueTypes: options.valueTypes ?? DEFAULT_VALUE_TYPES,
    secondTimeoutMs: options.secondTimeoutMs ?? DEFAULT_SECOND_TIMEOUT_MS,
  };
  const lots = await freeLots(context, options);
  const bundles = bundle(lots, options.lotsPerSwap ?? 1);
  let done = 0;
  const outcomes = await mapConcurrent(bundles, options.inFlight ?? DEFAULT_IN_FLIGHT, async (members) => {
    const proposal = propose(context, members, terms);
    const outcome = await attempt(() => drive(context, begin(proposal)), proposal.swapId);
    options.onProgress?.(++done, bundles.length);
    return outcome;
  });
  const { courses, failed } = part(outcomes);
  const refused = await confirmCourses(context.parties.certifier.ledgers.certificate, courses);
  const completed = courses.filter((course) => course.stage === 'completed');
  return {
    swaps: courses.map(summarise),
    failed: [...failed, ...unconfirmed(refused)],
    energyWh: formatWh(sumWh(completed.map((course) => course.proposal.agreement.energyWh))),
    elapsedMs: Math.round(performance.now() - started),
  };
}

/** Confirms the burns of every course that completed. @throws WattlockError the first refusal; all others are posted. */
export async function confirm({ parties }: SwapContext, courses: readonly Course[]): Promise<void> {
  const [refused] = await confirmCourses(parties.certifier.ledgers.certificate, courses);
  if (refused !== undefined) throw refused.error;
}

/** The free lots with energy of a point, oldest first. */
export async function freeLots(
  context: SwapContext,
  { point, from, to }: Pick<ConvertOptions, 'point' | 'from' | 'to'>,
): Promise<AgreedLot[]> {
  const power = context.parties.generator.ledgers.power;
  await power.evaluate('ReadPoint', { id: point });
  const query: JsonObject = { point, from, to, states: ['available', 'withdrawn'] };
  const answer = await power.evaluate('ListLots', query);
  return readDocument(FUNCTIONS.power.ListLots.answer, answer)
    .lots.filter((lot) => lot.energyWh > 0n)
    .map(({ id, energyWh }) => ({ id, energyWh }));
}
