// Options and arguments as values with types: a placeholder, a sentence, and a reader from text.
// A reader refuses with a sentence that names what it expected; the edge adds which option it was.
import {
  ERRORS,
  MAX_WH,
  MOST_GENERATORS,
  WattlockError,
  type Day,
  type Reader,
  type Wh,
} from '@wattlock/core';
import { CliError } from './cli-error';

export interface Parameter<T> {
  /** Shown in capitals in help: `--id ID`. Empty for a switch without a value. */
  readonly placeholder: string;
  readonly text: string;
  readonly required: boolean;
  /** Used when absent, read like any given text. */
  readonly fallback?: string;
  /** May be given several times. */
  readonly repeatable: boolean;
  /** All that it may be, where that is a closed set; shells complete it. */
  readonly words: readonly string[];
  /** Reads the texts given; none when absent. @throws CliError USAGE */
  readAll(texts: readonly string[]): T;
}

export interface ReadText<T> {
  (text: string): T;
  readonly words?: readonly string[];
}

/** Parameters by name; the flag of `lotsPerSwap` is `--lots-per-swap`. */
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** The values a command gets, by the same names. */
export type InputOf<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

/** A parameter that must be given. */
export function required<T>(placeholder: string, text: string, read: ReadText<T>): Parameter<T> {
  return {
    placeholder,
    text,
    required: true,
    repeatable: false,
    words: read.words ?? [],
    readAll: (texts) => read(last(texts)),
  };
}

/** A parameter that may be absent. */
export function optional<T>(placeholder: string, text: string, read: ReadText<T>): Parameter<T | undefined> {
  return {
    placeholder,
    text,
    required: false,
    repeatable: false,
    words: read.words ?? [],
    readAll: (texts) => (texts.length === 0 ? undefined : read(last(texts))),
  };
}

/** A parameter with a value of its own when absent. */
export function withDefault<T>(
  placeholder: string,
  text: string,
  fallback: string,
  read: ReadText<T>,
): Parameter<T> {
  return {
    placeholder,
    text,
    required: false,
    repeatable: false,
    fallback,
    words: read.words ?? [],
    readAll: (texts) => read(texts.length === 0 ? fallback : last(texts)),
  };
}

/** A parameter that may be given several times, or not at all. */
export function repeated<T>(placeholder: string, text: string, read: ReadText<T>): Parameter<readonly T[]> {
  return {
    placeholder,
    text,
    required: false,
    repeatable: true,
    words: read.words ?? [],
    readAll: (texts) => texts.map((each) => read(each)),
  };
}

/** A switch. */
export function flag(text: string): Parameter<boolean> {
  return {
    placeholder: '',
    text,
    required: false,
    repeatable: false,
    words: [],
    readAll: (texts) => texts.length > 0,
  };
}

const last = (texts: readonly string[]): string => texts.at(-1) ?? '';

/** Refuses a value. @throws CliError USAGE always. */
export function expected(what: string): never {
  throw new CliError('USAGE', `expected ${what}`);
}

/** Any text but an empty one. */
export const anyText: ReadText<string> = (text) => (text === '' ? expected('some text') : text);

/** A whole number within bounds. */
export function whole(min: number, max: number): ReadText<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : expected(`a whole number from ${min} to ${max}`);
  };
}

/** A number of generator organisations. */
export const generatorCount: ReadText<number> = whole(1, MOST_GENERATORS);

/** One of a closed set of words. */
export function word<const T extends string>(...words: readonly T[]): ReadText<T> {
  return oneOf(Object.fromEntries(words.map((each) => [each, each])) as Record<T, T>);
}

/** One of a closed set of words, each of which stands for a value. */
export function oneOf<const T>(values: Readonly<Record<string, T>>): ReadText<T> {
  const words = Object.keys(values);
  const read = (text: string): T =>
    Object.hasOwn(values, text) ? (values[text] as T) : expected(`one of ${words.join(', ')}`);
  return Object.assign(read, { words });
}

/** One of a closed set of numbers. */
export function number<const T extends number>(...numbers: readonly T[]): ReadText<T> {
  return oneOf(Object.fromEntries(numbers.map((each) => [each, each])) as Record<T, T>);
}

/** Energy in whole Wh, above zero. */
export const energyAmount: ReadText<Wh> = (text) => {
  const value = /^\d{1,19}$/.test(text) ? BigInt(text) : 0n;
  return value > 0n && value <= MAX_WH ? (value as Wh) : expected(`whole Wh from 1 to ${MAX_WH.toString()}`);
};

/** A field of the domain, such as a metering point's id. */
export function field<T>(reader: Reader<T>): ReadText<T> {
  return (text) => {
    try {
      return reader(text, '');
    } catch (error) {
      if (!(error instanceof WattlockError)) throw error;
      throw new CliError('USAGE', String(error.details['reason'] ?? ERRORS[error.code].text));
    }
  };
}

/** A fixed offset from UTC such as `+09:00` or `Z`, in minutes east. */
export const utcOffset: ReadText<number> = (text) => {
  const match = /^([+-])(\d{2}):([0-5]\d)$/.exec(text === 'Z' ? '+00:00' : text);
  const minutes = match === null ? NaN : Number(match[2]) * 60 + Number(match[3]);
  const signed = match?.[1] === '-' ? -minutes : minutes;
  return signed >= -12 * 60 && signed <= 14 * 60 ? signed + 0 : expected('an offset such as +09:00');
};

/** An instant with an offset, such as `2019-05-01T00:00:00+09:00`, in ms since 1970. */
export const instant: ReadText<number> = (text) => {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
  const value = shape.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(value) ? expected('an instant such as 2019-05-01T00:00:00+09:00') : value;
};

/**
 * Refuses a period that ends before it begins, which no day is in.
 * @throws CliError USAGE
 */
export function checkPeriod(from: Day | undefined, to: Day | undefined): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new CliError('USAGE', `--from ${from} is after --to ${to}`);
  }
}
