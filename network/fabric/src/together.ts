// Doing several things at once so that nothing is still under way when one of them has failed.
import { NetworkError } from './errors';

/** Waits for all. @throws the first failure, a taken port before others, because it explains them and can be mended */
export async function together<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(work);
  const failures = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  if (failures.length > 0) throw failures.find(isPortInUse) ?? failures[0];
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

export const isPortInUse = (error: unknown): boolean =>
  error instanceof NetworkError && error.code === 'PORT_IN_USE';
