// Value types: what a certificate attests beside the energy itself.
// A certificate carries a set of them; converting more energy never yields less value.
import { ascending, list, oneOf } from './document';
import type { Wh } from './units';

/** Alphabetical, so that a sorted list is the canonical one. */
export const VALUE_TYPES = [
  'environmental-display',
  'non-fossil',
  'production-area',
  'specific-source',
  'zero-emission',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** Reads one or more value types, ascending, each once. */
export const valueTypesField = ascending(list(oneOf(VALUE_TYPES), 1, VALUE_TYPES.length), (type) => type);

/** The amount of value a certificate represents, in Wh of each value type together; monotone in Wh and in the set. */
export function valueOf(energy: Wh, types: readonly ValueType[]): bigint {
  return energy * BigInt(types.length);
}
