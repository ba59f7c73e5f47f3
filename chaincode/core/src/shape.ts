// What a format expects, as data: reference pages and help texts are made from it.

export type Shape =
  /** A single value; `expected` says in words what it must be. */
  | { readonly kind: 'value'; readonly expected: string }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly kind: 'optional' | 'nullable'; readonly of: Shape }
  | { readonly kind: 'variant'; readonly forms: readonly Shape[] };

/** A shape in one line, members by their names alone: `{id, lots: [{id, energyWh}], draw?: {swapId, energyWh}}`. */
export function outline(shape: Shape): string {
  switch (shape.kind) {
    case 'value':
      return shape.expected;
    case 'list':
      return `[${outline(shape.item)}]`;
    case 'record':
      return `{${Object.entries(shape.fields).map(member).join(', ')}}`;
    case 'optional':
      return outline(shape.of);
    case 'nullable':
      return `${outline(shape.of)} | null`;
    case 'variant':
      return [...new Set(shape.forms.map(outline))].join(' | ');
  }
}

/** A member with its name; of one that holds no members itself the name says enough. */
function member([name, shape]: readonly [string, Shape]): string {
  if (shape.kind === 'optional') return member([`${name}?`, shape.of]);
  return hasMembers(shape) ? `${name}: ${outline(shape)}` : name;
}

function hasMembers(shape: Shape): boolean {
  switch (shape.kind) {
    case 'value':
      return false;
    case 'list':
      return hasMembers(shape.item);
    case 'record':
    case 'variant':
      return true;
    case 'optional':
    case 'nullable':
      return hasMembers(shape.of);
  }
}

/** The shape of a member, with what names and values of the whole document say of it. */
export interface Member {
  /** `lots[].energyWh`, `draw?.swapId`. */
  readonly path: string;
  readonly expected: string;
}

/** Every single value of a document by its path, for tables of reference pages. */
export function members(shape: Shape, path = ''): readonly Member[] {
  switch (shape.kind) {
    case 'value':
      return [{ path, expected: shape.expected }];
    case 'list':
      return members(shape.item, `${path}[]`);
    case 'record':
      return Object.entries(shape.fields).flatMap(([name, field]) =>
        members(field, path === '' ? name : `${path}.${name}`),
      );
    case 'optional':
      return members(shape.of, `${path}?`);
    case 'nullable':
      return members(shape.of, path).map((each) => ({ ...each, expected: `${each.expected}, or null` }));
    case 'variant':
      return shape.forms.flatMap((form) => members(form, path));
  }
}
