// Long ids by their first digits.
import type { View } from '@wattlock/store';
import { idsBeginning } from '../views';
import { CliError } from './cli-error';

/** Fewest digits of a hash that stand for it. */
export const SHORTEST_PREFIX = 8;

/**
 * The one id that begins with a prefix; a whole id stands for itself.
 * @throws CliError ID_NOT_FOUND, ID_AMBIGUOUS
 */
export function completeId(view: View, kind: 'swap' | 'certificate', prefix: string): string {
  const [first, second] = idsBeginning(view, kind, prefix, 2);
  if (first === prefix) return prefix;
  if (prefix.length < SHORTEST_PREFIX) {
    throw new CliError(
      'ID_NOT_FOUND',
      `no ${kind} is called ${prefix}; give at least ${SHORTEST_PREFIX} digits`,
    );
  }
  if (first === undefined) throw new CliError('ID_NOT_FOUND', `no ${kind} begins with ${prefix}`);
  if (second !== undefined) throw new CliError('ID_AMBIGUOUS', `several ${kind}s begin with ${prefix}`);
  return first;
}
