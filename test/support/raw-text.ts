// Texts that are no acceptable document, whatever function they are sent to.
import type { FunctionName } from '@wattlock/core';
import type { Call } from './call';
import type { RefusedCase } from './refused-case';

/** A request whose document is this very text. */
export function textOf(fn: FunctionName, documentText: string): Call {
  return { fn, document: {}, documentText };
}

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['an empty text', ''],
  ['malformed JSON', '{"point":'],
  ['JSON with something after it', '{} {}'],
  ['a JSON list', '[]'],
  ['a JSON string', '"text"'],
  ['a JSON null', 'null'],
  ['a number beyond 2^53', '{"day":9007199254740993}'],
  ['a number too large for any float', '{"day":1e999}'],
  ['a fractional number', '{"day":0.5}'],
  ['a fraction that rounds to a whole number', '{"day":1.00000000000000001}'],
  ['nesting without end', `{"day":${'['.repeat(200)}${']'.repeat(200)}}`],
];

/** Refusals that every function of every contract shares. */
export function badTexts(fn: FunctionName): readonly RefusedCase[] {
  return TEXTS.map(([name, text]) => ({
    name: `${name} as the document of ${fn}`,
    code: 'BAD_DOCUMENT',
    request: () => textOf(fn, text),
  }));
}
