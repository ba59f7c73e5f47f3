// An error as people and scripts are told about it, read from the error's own code and kind and from nothing else.
// Hints are handed in: whoever puts the program together knows its families and their tables.
import { KINDS, type Kind, type Meaning } from './kinds';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What to do about an error, in each language. */
export type Hint = Readonly<Record<Language, string>>;

/** Gives the hint for a code, if there is one. */
export type HintOf = (code: string) => Hint | undefined;

/** A row of a family's table. */
export interface ErrorRow {
  readonly kind: Kind;
  /** What the code means; absent where each error says it itself. */
  readonly text?: string;
  readonly hint: Hint;
}

/** An error that a table foresaw; any other is a fault of the program. */
export interface CodedError extends Error {
  /** Stable: it never changes its meaning. */
  readonly code: string;
  readonly kind: Kind;
  /** What to do about this one, where that depends on more than the code. */
  readonly hint?: Hint;
  /** Evidence, such as the last lines of a log. */
  readonly details?: unknown;
}

/** An error as a user is told about it. */
export interface Explanation extends Meaning {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** Explains an error that has a code and a kind; undefined for any other, which is a fault of the program. */
export function explain(error: unknown, hintOf: HintOf, language: Language = 'en'): Explanation | undefined {
  if (!isCoded(error)) return undefined;
  const { exit, http, retry } = KINDS[error.kind];
  const hint = (error.hint ?? hintOf(error.code))?.[language];
  return { code: error.code, message: error.message, ...(hint !== undefined && { hint }), exit, http, retry };
}

/** Told by its members, not by its class: this room knows no family, and loading one for its class would cost time. */
export function isCoded(error: unknown): error is CodedError {
  if (!(error instanceof Error) || !('code' in error) || !('kind' in error)) return false;
  return typeof error.code === 'string' && typeof error.kind === 'string' && Object.hasOwn(KINDS, error.kind);
}
