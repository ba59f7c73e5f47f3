// What a format expects, as data: reference pages and help texts are made from it.

export type Shape =
  | { readonly kind: 'text'; readonly expected: string }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  /** Any JSON object; `expected` says whose. */
  | { readonly kind: 'document'; readonly expected: string }
  | { readonly kind: 'list'; readonly item: Shape; readonly min: number; readonly max: number }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly kind: 'optional' | 'nullable'; readonly of: Shape }
  | { readonly kind: 'variant'; readonly forms: readonly Shape[] };

/** A shape in one line, members by their names alone: `{id, lots: [{id, energyWh}], draw?: {swapId, energyWh}}`. */
export function outline(shape: Shape): string {
  switch (shape.kind) {
    case 'record':
      return `{${Object.entries(shape.fields)
        .map(([name, field]) => member(name, field))
        .join(', ')}}`;
    case 'list':
      return `[${outline(shape.item)}]`;
    case 'optional':
      return outline(shape.of);
    case 'nullable':
      return `${outline(shape.of)} | null`;
    case 'variant':
      return [...new Set(shape.forms.map(outline))].join(' | ');
    default:
      return expectation(shape);
  }
}

/** What a single value must be, in words. */
export function expectation(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
    case 'document':
      return shape.expected;
    case 'word':
      return shape.words.length === 1 ? `${shape.words.join('')}` : `one of ${shape.words.join(', ')}`;
    case 'number':
      return `a whole number from ${shape.min} to ${shape.max}`;
    case 'flag':
      return 'true or false';
    case 'list':
      return `a list of ${shape.min} to ${shape.max} entries`;
    case 'record':
      return 'an object';
    case 'optional':
      return expectation(shape.of);
    case 'nullable':
      return `${expectation(shape.of)}, or null`;
    case 'variant':
      return [...new Set(shape.forms.map(expectation))].join(', or ');
  }
}

/** A member with its name; what is simple is not said again. */
function member(name: string, shape: Shape): string {
  const label = shape.kind === 'optional' ? `${name}?` : name;
  const inner = shape.kind === 'optional' || shape.kind === 'nullable' ? shape.of : shape;
  const nested = hasMembers(inner) ? `: ${outline(inner)}` : '';
  return `${label}${nested}`;
}

function hasMembers(shape: Shape): boolean {
  if (shape.kind === 'list') return hasMembers(shape.item);
  return shape.kind === 'record' || shape.kind === 'variant';
}
