// Reading and writing documents: small formats that turn untrusted JSON into typed values, or refuse with the field's path.
// Every contract's request, every answer and every stored record is described by one such format.
import type { Json, JsonObject } from './canonical';
import { fail } from './errors';
import type { Shape } from './shape';

/** Turns a JSON value into a `T`, or refuses naming `path`. */
export type Reader<T> = (value: Json | undefined, path: string) => T;

/** Reads a `T`, writes it back as the JSON it is read from, and says what it expects. */
export interface Format<T> {
  (value: Json | undefined, path: string): T;
  /** The JSON of a value; undefined where an absent member stays absent. */
  write(value: T): Json | undefined;
  readonly shape: Shape;
}

/** The value type of a format. */
export type Read<F> = F extends Reader<infer T> ? T : never;

/** A format from its parts. */
export function format<T>(shape: Shape, read: Reader<T>, write: (value: T) => Json | undefined): Format<T> {
  const reader: Reader<T> = (value, path) => read(value, path);
  return Object.assign(reader, { shape, write });
}

/** Refuses a field. @throws BAD_FIELD always. */
export function badField(path: string, reason: string): never {
  return fail('BAD_FIELD', { field: path, reason });
}

/** The path of a member. */
export function pathOf(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

const same = <T extends Json>(value: T): Json => value;

/** Text that matches a pattern. */
export function text<T extends string = string>(pattern: RegExp, expected: string): Format<T> {
  return format(
    { kind: 'text', expected },
    (value, path) =>
      typeof value === 'string' && pattern.test(value)
        ? (value as T)
        : badField(path, `expected ${expected}`),
    same,
  );
}

/** One of a closed set of words or numbers. */
export function oneOf<const T extends string | number>(words: readonly T[]): Format<T> {
  return format(
    { kind: 'word', words: words.map(String) },
    (value, path) =>
      words.find((word) => word === value) ?? badField(path, `expected one of ${words.join(', ')}`),
    same,
  );
}

/** A whole number within bounds. */
export function integer<T extends number = number>(min: number, max: number): Format<T> {
  return format(
    { kind: 'number', min, max },
    (value, path) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
        ? (value as T)
        : badField(path, `expected a whole number from ${min} to ${max}`),
    same,
  );
}

/** True or false. */
export const flag: Format<boolean> = format(
  { kind: 'flag' },
  (value, path) => (typeof value === 'boolean' ? value : badField(path, 'expected true or false')),
  same,
);

/** Any object, left as it is. */
export function anyDocument(expected: string): Format<JsonObject> {
  return format({ kind: 'document', expected }, objectAt, same);
}

/** A list of bounded length. */
export function list<T>(item: Format<T>, min: number, max: number): Format<readonly T[]> {
  return format(
    { kind: 'list', item: item.shape, min, max },
    (value, path) =>
      Array.isArray(value) && value.length >= min && value.length <= max
        ? value.map((entry: Json, index) => item(entry, `${path}[${index}]`))
        : badField(path, `expected a list of ${min} to ${max} entries`),
    (entries) => entries.map((entry) => item.write(entry) ?? null),
  );
}

/** A format that refuses more: `check` sees what was read and throws. */
export function refined<T>(base: Format<T>, check: (value: T, path: string) => void): Format<T> {
  return format(
    base.shape,
    (value, path) => {
      const read = base(value, path);
      check(read, path);
      return read;
    },
    (value) => base.write(value),
  );
}

/** A list in strictly ascending order of a key, so that one content has one text and nothing occurs twice. */
export function ascending<T>(items: Format<readonly T[]>, key: (item: T) => string): Format<readonly T[]> {
  return refined(items, (entries, path) => {
    const sorted = entries.every((entry, i) => i === 0 || key(entries[i - 1] as T) < key(entry));
    if (!sorted) badField(path, 'expected ascending order without repetition');
  });
}

/** Absent or `T`. */
export function optional<T>(base: Format<T>): Format<T | undefined> {
  return format(
    { kind: 'optional', of: base.shape },
    (value, path) => (value === undefined ? undefined : base(value, path)),
    (value) => (value === undefined ? undefined : base.write(value)),
  );
}

/** `T`, and where it is absent a value that stands for that. */
export function withDefault<T>(base: Format<T>, fallback: T): Format<T> {
  return format(
    { kind: 'optional', of: base.shape },
    (value, path) => (value === undefined ? fallback : base(value, path)),
    (value) => base.write(value),
  );
}

/** `null` or `T`. */
export function nullable<T>(base: Format<T>): Format<T | null> {
  return format(
    { kind: 'nullable', of: base.shape },
    (value, path) => (value === null ? null : base(value, path)),
    (value) => (value === null ? null : base.write(value)),
  );
}

/** Reads a whole document. @throws BAD_FIELD naming the field. */
export function readDocument<T>(reader: Reader<T>, document: Json): T {
  return reader(document, '');
}

/** The JSON of a whole document. */
export function writeDocument<T>(base: Format<T>, value: T): JsonObject {
  return objectAt(base.write(value), '');
}

/** An object, of whatever members. @throws BAD_FIELD */
export function objectAt(value: Json | undefined, path: string): JsonObject {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject ? (value as JsonObject) : badField(path, 'expected an object');
}
