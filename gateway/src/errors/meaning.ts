// What an error means to whoever called: exit code, HTTP status, whether sending again helps, and a hint.
// Everything comes from tables that a new code must be entered in before the house compiles.
import { ERRORS, WattlockError, type ErrorCode, type ErrorKind } from '@wattlock/core';
import type { NetworkErrorCode } from '@wattlock/fabric-network';
import { HomeError, type HomeErrorCode } from '../home';
import { LedgerError, type LedgerErrorCode, type RetryClass } from '../ledger';
import { HINTS } from './hints';
import { HINTS_JA } from './hints-ja';

/** Every code a user can meet. */
export type AnyErrorCode = ErrorCode | LedgerErrorCode | HomeErrorCode | NetworkErrorCode;

/** Exit codes of the command line. */
export const EXIT = {
  ok: 0,
  usage: 2,
  missing: 3,
  conflict: 4,
  refused: 5,
  unknown: 6,
  down: 7,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Meaning {
  readonly exit: ExitCode;
  readonly http: number;
  readonly retry: RetryClass;
}

/** What follows from the kind of a contract's refusal. */
export const KIND_MEANINGS: Readonly<Record<ErrorKind, Meaning>> = {
  invalid: { exit: EXIT.usage, http: 400, retry: 'never' },
  missing: { exit: EXIT.missing, http: 404, retry: 'never' },
  conflict: { exit: EXIT.conflict, http: 409, retry: 'never' },
  state: { exit: EXIT.conflict, http: 409, retry: 'never' },
  refused: { exit: EXIT.refused, http: 403, retry: 'never' },
};

/** What follows from an error between client and ledger. */
export const LEDGER_MEANINGS: Readonly<Record<LedgerErrorCode, Meaning>> = {
  PLATFORM_DOWN: { exit: EXIT.down, http: 503, retry: 'again' },
  ENDORSER_UNAVAILABLE: { exit: EXIT.down, http: 503, retry: 'again' },
  ENDORSEMENT_MISMATCH: { exit: EXIT.conflict, http: 409, retry: 'again' },
  INVALIDATED: { exit: EXIT.conflict, http: 409, retry: 'again' },
  OUTCOME_UNKNOWN: { exit: EXIT.unknown, http: 504, retry: 'same-bytes' },
  REQUEST_REFUSED: { exit: EXIT.refused, http: 403, retry: 'never' },
};

export const HOME_MEANINGS: Readonly<Record<HomeErrorCode, Meaning>> = {
  HOME_NOT_FOUND: { exit: EXIT.missing, http: 404, retry: 'never' },
  HOME_DIFFERS: { exit: EXIT.conflict, http: 409, retry: 'never' },
  HOME_DAMAGED: { exit: EXIT.down, http: 503, retry: 'never' },
};

/** What follows from a failure of the launcher of real peers. */
export const NETWORK_MEANINGS: Readonly<Record<NetworkErrorCode, Meaning>> = {
  PROGRAMS_MISSING: { exit: EXIT.down, http: 503, retry: 'never' },
  NETWORK_ALREADY_UP: { exit: EXIT.conflict, http: 409, retry: 'never' },
  NETWORK_BUSY: { exit: EXIT.conflict, http: 409, retry: 'again' },
  NETWORK_DIFFERS: { exit: EXIT.conflict, http: 409, retry: 'never' },
  NETWORK_ADOPTED: { exit: EXIT.conflict, http: 409, retry: 'never' },
  NETWORK_DOWN: { exit: EXIT.down, http: 503, retry: 'again' },
  NETWORK_NOT_FOUND: { exit: EXIT.down, http: 503, retry: 'never' },
  FOLDER_NOT_EMPTY: { exit: EXIT.conflict, http: 409, retry: 'never' },
  FOLDER_UNUSABLE: { exit: EXIT.down, http: 503, retry: 'never' },
  DISK_FULL: { exit: EXIT.down, http: 503, retry: 'never' },
  PORT_IN_USE: { exit: EXIT.conflict, http: 409, retry: 'never' },
  PACKAGE_ID_MISMATCH: { exit: EXIT.refused, http: 500, retry: 'never' },
  PROCESS_FAILED: { exit: EXIT.down, http: 503, retry: 'never' },
  PROCESS_UNKNOWN: { exit: EXIT.missing, http: 404, retry: 'never' },
  STEP_FAILED: { exit: EXIT.down, http: 503, retry: 'never' },
  NOT_READY: { exit: EXIT.down, http: 503, retry: 'again' },
};

/** An error as a user is told about it. */
export interface Explanation extends Meaning {
  readonly code: AnyErrorCode;
  readonly message: string;
  readonly hint: string;
}

export type Language = 'en' | 'ja';

const HINT_TABLES: Readonly<Record<Language, Readonly<Record<AnyErrorCode, string>>>> = {
  en: HINTS,
  ja: HINTS_JA,
};

/** Explains an error that has a code; undefined for any other, which is a fault of the program. */
export function explain(error: unknown, language: Language = 'en'): Explanation | undefined {
  const meaning = meaningOf(error);
  if (meaning === undefined) return undefined;
  const { code, message } = error as { code: AnyErrorCode; message: string };
  return { ...meaning, code, message, hint: HINT_TABLES[language][code] };
}

function meaningOf(error: unknown): Meaning | undefined {
  if (error instanceof WattlockError) return KIND_MEANINGS[ERRORS[error.code].kind];
  if (error instanceof LedgerError) return LEDGER_MEANINGS[error.code];
  if (error instanceof HomeError) return HOME_MEANINGS[error.code];
  return isNetworkError(error) ? NETWORK_MEANINGS[error.code] : undefined;
}

/** Told by its name: loading the launcher for its class alone would slow every command down. */
function isNetworkError(error: unknown): error is Error & { readonly code: NetworkErrorCode } {
  return error instanceof Error && error.name === 'NetworkError';
}
