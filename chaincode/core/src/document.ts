// Reading documents: small readers that turn untrusted JSON into typed values, or refuse with the field's path.
// Every contract's input and every stored record is described by one such reader.
import type { Json, JsonObject } from './canonical';
import { fail } from './errors';

/** Turns a JSON value into a `T`, or refuses naming `path`. */
export type Reader<T> = (value: Json | undefined, path: string) => T;

/** The value type of a reader. */
export type Read<R> = R extends Reader<infer T> ? T : never;

/** Refuses a field. @throws BAD_FIELD always. */
export function badField(path: string, reason: string): never {
  return fail('BAD_FIELD', { field: path, reason });
}

/** Text that matches a pattern. */
export function text<T extends string = string>(pattern: RegExp, expected: string): Reader<T> {
  return (value, path) =>
    typeof value === 'string' && pattern.test(value) ? (value as T) : badField(path, `expected ${expected}`);
}

/** One of a closed set of words. */
export function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (value, path) =>
    words.find((word) => word === value) ?? badField(path, `expected one of ${words.join(', ')}`);
}

/** A whole number within bounds. */
export function integer<T extends number = number>(min: number, max: number): Reader<T> {
  return (value, path) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? (value as T)
      : badField(path, `expected a whole number from ${min} to ${max}`);
}

/** A list of bounded length. */
export function list<T>(item: Reader<T>, min: number, max: number): Reader<readonly T[]> {
  return (value, path) =>
    Array.isArray(value) && value.length >= min && value.length <= max
      ? value.map((entry: Json, index) => item(entry, `${path}[${index}]`))
      : badField(path, `expected a list of ${min} to ${max} entries`);
}

/** A list in strictly ascending order of a key, so that one content has one text and nothing occurs twice. */
export function ascending<T>(items: Reader<readonly T[]>, key: (item: T) => string): Reader<readonly T[]> {
  return (value, path) => {
    const entries = items(value, path);
    const sorted = entries.every((entry, i) => i === 0 || key(entries[i - 1] as T) < key(entry));
    return sorted ? entries : badField(path, 'expected ascending order without repetition');
  };
}

/** Absent or `T`. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, path) => (value === undefined ? undefined : reader(value, path));
}

/** `null` or `T`. */
export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : reader(value, path));
}

type Fields = Readonly<Record<string, Reader<unknown>>>;
type Optional<F extends Fields> = { [K in keyof F]: undefined extends Read<F[K]> ? K : never }[keyof F];
type RecordOf<F extends Fields> = { readonly [K in Exclude<keyof F, Optional<F>>]: Read<F[K]> } & {
  readonly [K in Optional<F>]?: Exclude<Read<F[K]>, undefined>;
};

/** An object with exactly these fields: a missing, malformed or unknown one is refused. */
export function record<F extends Fields>(fields: F): Reader<RecordOf<F>> {
  return (value, path) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      return badField(path, 'expected an object');
    }
    const object = value as JsonObject;
    const prefix = path === '' ? '' : `${path}.`;
    for (const name of Object.keys(object)) {
      if (!Object.hasOwn(fields, name)) badField(prefix + name, 'unknown field');
    }
    const result: Record<string, unknown> = {};
    for (const [name, reader] of Object.entries(fields)) {
      const member = reader(object[name], prefix + name);
      if (member !== undefined) result[name] = member;
    }
    return result as RecordOf<F>;
  };
}

/** Reads a whole document with a reader. @throws BAD_FIELD naming the field. */
export function readDocument<T>(reader: Reader<T>, document: Json): T {
  return reader(document, '');
}
