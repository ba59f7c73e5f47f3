// Where the families of errors meet: each has its own table, and here a code finds its kind and its hint.
// Those of packages are not loaded for it, of which the launcher is large: their errors bring their kind.
import { ERRORS, type ErrorCode } from '@wattlock/core';
import {
  CONTRACT_HINTS,
  FILE_ERRORS,
  NETWORK_HINTS,
  STORE_HINTS,
  type ErrorRow,
  type Hint,
  type HintOf,
  type Kind,
} from '../errors';
import { HOME_ERRORS } from '../home';
import { KEY_ERRORS, type KeyErrorCode } from '../identity';
import { METER_FILE_ERRORS } from '../ingest';
import { SETTINGS_ERRORS } from '../settings';
import { LEDGER_ERRORS, type LedgerErrorCode } from '../ledger';
import { CLI_ERRORS } from './cli-error';

/** The families whose tables hold their hints. */
const TABLES: readonly Readonly<Record<string, ErrorRow>>[] = [
  LEDGER_ERRORS,
  HOME_ERRORS,
  KEY_ERRORS,
  METER_FILE_ERRORS,
  FILE_ERRORS,
  SETTINGS_ERRORS,
  CLI_ERRORS,
];

const HINTS: ReadonlyMap<string, Hint> = new Map([
  ...Object.entries(CONTRACT_HINTS),
  ...Object.entries(NETWORK_HINTS),
  ...Object.entries(STORE_HINTS),
  ...TABLES.flatMap((table) => Object.entries(table).map(([code, { hint }]) => [code, hint] as const)),
]);

/** The hint for a code of any family. */
export const hintOf: HintOf = (code) => HINTS.get(code);

/** The kind of a refusal that was kept in a result instead of being thrown. */
export function kindOf(code: ErrorCode | LedgerErrorCode | KeyErrorCode): Kind {
  if (isKeyCode(code)) return KEY_ERRORS[code].kind;
  return isLedgerCode(code) ? LEDGER_ERRORS[code].kind : ERRORS[code].kind;
}

const isKeyCode = (code: string): code is KeyErrorCode => Object.hasOwn(KEY_ERRORS, code);
const isLedgerCode = (code: string): code is LedgerErrorCode => Object.hasOwn(LEDGER_ERRORS, code);
