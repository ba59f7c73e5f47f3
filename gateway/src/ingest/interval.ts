// How long a file's samples are: told by the option, else by the file's own times.
import type { EpochMs } from '@wattlock/core';
import { MeterFileError } from './errors';

/**
 * The sample interval: the most frequent difference between consecutive times, the shorter one on a tie.
 * A difference longer than a slot that was seen once is no pattern; such samples, and a single one, last one slot.
 * @throws MeterFileError SAMPLES_TOO_COARSE, INTERVAL_MISFIT when slots cannot be summed from whole samples.
 */
export function sampleInterval(times: readonly EpochMs[], slotMs: number, stated?: number): number {
  const interval = stated ?? mostFrequentDifference(times, slotMs) ?? slotMs;
  const facts = `samples of ${minutes(interval)} at slots of ${minutes(slotMs)}`;
  if (interval > slotMs) throw new MeterFileError('SAMPLES_TOO_COARSE', facts);
  if (slotMs % interval !== 0) throw new MeterFileError('INTERVAL_MISFIT', facts);
  return interval;
}

function mostFrequentDifference(times: readonly EpochMs[], slotMs: number): number | undefined {
  const sorted = Float64Array.from(times).sort();
  const counts = new Map<number, number>();
  for (let i = 1; i < sorted.length; i++) {
    const difference = (sorted[i] as number) - (sorted[i - 1] as number);
    if (difference > 0) counts.set(difference, (counts.get(difference) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b);
  const [first] = ranked;
  return first === undefined || (first[1] === 1 && first[0] > slotMs) ? undefined : first[0];
}

const minutes = (ms: number): string => `${ms / 60_000} min`;
