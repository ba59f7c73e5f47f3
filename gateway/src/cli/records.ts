// Reading records for display: without their format version, and found by the first digits of a long id.
import type { JsonObject } from '@wattlock/core';
import { CliError } from './cli-error';

/** Fewest digits of a hash that stand for it. */
export const SHORTEST_PREFIX = 8;

/** A record as reports show it, without its format version. */
export function withoutVersion({ v: _version, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** The list under a name in a contract's answer, each record without its format version. */
export function listOf(answer: JsonObject, name: string): readonly JsonObject[] {
  return (answer[name] as readonly JsonObject[]).map(withoutVersion);
}

/**
 * The one id that begins with a prefix; a whole id stands for itself.
 * @throws CliError ID_NOT_FOUND, ID_AMBIGUOUS
 */
export function completeId(prefix: string, ids: Iterable<string>, noun: string): string {
  const found = [...new Set(ids)].filter((id) => id.startsWith(prefix));
  const [first, ...others] = found;
  if (found.includes(prefix)) return prefix;
  if (prefix.length < SHORTEST_PREFIX) {
    throw new CliError(
      'ID_NOT_FOUND',
      `no ${noun} is called ${prefix}; give at least ${SHORTEST_PREFIX} digits`,
    );
  }
  if (first === undefined) throw new CliError('ID_NOT_FOUND', `no ${noun} begins with ${prefix}`);
  if (others.length > 0) {
    throw new CliError('ID_AMBIGUOUS', `${found.length} ${noun}s begin with ${prefix}`);
  }
  return first;
}
