// The options that every command takes, before or after its name.
import type { InputOf } from './command';
import { anyText, optional, withDefault, word } from './parameter';

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
  ledger: withDefault('LEDGER', 'embedded or fabric', 'embedded', word('embedded', 'fabric')),
} as const;

export type GlobalInput = InputOf<typeof GLOBAL_OPTIONS>;
