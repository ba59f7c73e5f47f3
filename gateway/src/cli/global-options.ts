// The options that every command takes, before or after its name.
import { LANGUAGES } from '../errors';
import { parseLedgerChoice } from '../platform';
import type { InputOf } from './command';
import { anyText, expected, optional, withDefault, word } from './parameter';

export const GLOBAL_OPTIONS = {
  output: withDefault(
    'FORMAT',
    'json: one JSON document on stdout; text: for people',
    'text',
    word('json', 'text'),
  ),
  home: optional(
    'DIR',
    'folder with keys and ledgers (default: $WATTLOCK_HOME, else .wattlock here)',
    anyText,
  ),
  ledger: optional(
    'LEDGER',
    'embedded, fabric, or one for each channel: power=embedded,certificate=fabric (default: what the home was made for, else embedded)',
    (text) => parseLedgerChoice(text) ?? expected('embedded, fabric, or LEG=LEDGER,LEG=LEDGER'),
  ),
  language: optional(
    'LANGUAGE',
    'language of hints: en or ja (default: $WATTLOCK_LANGUAGE, else $LC_ALL, $LC_MESSAGES, $LANG, else en)',
    word(...LANGUAGES),
  ),
} as const;

export type GlobalInput = InputOf<typeof GLOBAL_OPTIONS>;
