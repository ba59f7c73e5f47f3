// Measuring: rates and latencies of asynchronous work at a given number in flight, and medians over rounds.
import type { Timers } from '../clock';
import { mapConcurrent } from '../concurrency';

/** What one measured batch showed. */
export interface Sample {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Runs every item's work with `inFlight` at once and times the whole and each item. */
export async function measure<T>(
  timers: Pick<Timers, 'monotonic'>,
  items: readonly T[],
  inFlight: number,
  work: (item: T) => Promise<unknown>,
): Promise<Sample> {
  const latencies: number[] = [];
  const started = timers.monotonic();
  await mapConcurrent(items, inFlight, async (item) => {
    const begun = timers.monotonic();
    await work(item);
    latencies.push(timers.monotonic() - begun);
  });
  const seconds = (timers.monotonic() - started) / 1000;
  return {
    perSecond: items.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p95Ms: quantile(latencies, 0.95),
  };
}

/** The value below which a share of the values lies (nearest rank); 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Median of each figure over the rounds. */
export function medianSample(samples: readonly Sample[]): Sample {
  return {
    perSecond: median(samples.map((sample) => sample.perSecond)),
    p50Ms: median(samples.map((sample) => sample.p50Ms)),
    p95Ms: median(samples.map((sample) => sample.p95Ms)),
  };
}

/** The mean of each figure of a batch before and one after. */
export function between(before: Sample, after: Sample): Sample {
  return {
    perSecond: (before.perSecond + after.perSecond) / 2,
    p50Ms: (before.p50Ms + after.p50Ms) / 2,
    p95Ms: (before.p95Ms + after.p95Ms) / 2,
  };
}

/** Figures as reports show them: three significant decimals are more than the noise allows. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
