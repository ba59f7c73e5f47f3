// Doing several things at once so that nothing is still under way when one of them has failed.

/**
 * Waits until all work has ended, well or not.
 * @param first a failure to prefer to others, because it explains them
 * @returns the results in the order of the work
 * @throws the preferred failure, else the first in the order of the work
 */
export async function together<T>(
  work: Iterable<Promise<T>>,
  first: (failure: unknown) => boolean = () => false,
): Promise<T[]> {
  const outcomes = await Promise.allSettled(work);
  const failures = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map(({ reason }) => reason as unknown);
  if (failures.length > 0) throw failures.find(first) ?? failures[0];
  return outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
}
