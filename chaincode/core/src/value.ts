// Value types: what a certificate attests beside the energy itself.
import { ascending, list, oneOf } from './document';

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
