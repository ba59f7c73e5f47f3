// Energy arithmetic: whole watt-hours as bigint, never a float, never negative, never rounded up.
import { format } from './document';
import { fail } from './errors';
import type { Wh } from './units';

/** Largest energy a record may hold: 2^63 - 1 Wh, so that it fits any database column. */
export const MAX_WH = (2n ** 63n - 1n) as Wh;

export const ZERO_WH = 0n as Wh;

const DECIMAL = /^(0|[1-9][0-9]{0,18})$/;

/**
 * Reads a decimal string of Wh: no sign, no leading zero, no fraction.
 * @throws BAD_ENERGY when it is anything else or above MAX_WH.
 */
export function parseWh(decimal: unknown, field = 'energyWh'): Wh {
  if (typeof decimal !== 'string' || !DECIMAL.test(decimal)) return fail('BAD_ENERGY', { field });
  const value = BigInt(decimal);
  return value <= MAX_WH ? (value as Wh) : fail('BAD_ENERGY', { field });
}

/** The wire form of energy. */
export function formatWh(energy: Wh): string {
  return energy.toString();
}

/** Reads a field that holds energy. */
export const energyField = format<Wh>(
  { kind: 'value', expected: 'energy as a decimal string of Wh' },
  parseWh,
  formatWh,
);

/** The sum. @throws BAD_ENERGY when it exceeds MAX_WH. */
export function sumWh(amounts: Iterable<Wh>): Wh {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total <= MAX_WH ? (total as Wh) : fail('BAD_ENERGY', { field: 'sum' });
}

/** Most parts of one split. */
export const MOST_PARTS = 1000;

/**
 * Checks that parts make up a whole: two or more, each above zero, summing to it exactly.
 * @throws BAD_SPLIT otherwise.
 */
export function checkSplit(whole: Wh, parts: readonly Wh[]): void {
  if (parts.length < 2) fail('BAD_SPLIT', { parts: parts.length });
  if (parts.some((part) => part <= 0n)) fail('BAD_SPLIT', { reason: 'an empty part' });
  const sum = sumWh(parts);
  if (sum !== whole) fail('BAD_SPLIT', { whole: formatWh(whole), sum: formatWh(sum) });
}
