// Bounded concurrency over a list, in order of the list.
import { together } from '@wattlock/concurrency';

/**
 * Runs `work` over the items, at most `limit` at once.
 * @returns the results in the order of the items; the first failure is thrown after what had begun has ended.
 */
export async function mapConcurrent<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T, index);
    }
  };
  const lanes = Array.from({ length: Math.min(limit, items.length) }, lane);
  await together(lanes);
  return results;
}
