// What the command line says of an error: its code, one sentence, a hint, and the exit code scripts go by.
// A fault of the program itself is said so in one line; a stack trace is shown only on request.
import { ERRORS, type ErrorCode } from '@wattlock/core';
import { METER_FILE_ERRORS, MeterFileError } from '../ingest';
import { explain, KIND_MEANINGS, LEDGER_MEANINGS } from '../errors';
import type { LedgerChoice } from '../platform';
import type { LedgerErrorCode } from '../ledger';
import { CLI_ERRORS, CliError } from './cli-error';

/** Exit code of a fault of the program, which no table foresees. */
export const EXIT_FAULT = 1;

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Evidence, such as the last lines of a log. */
  readonly details?: readonly string[];
  readonly exitCode: number;
}

export function failureOf(error: unknown, ledger?: LedgerChoice): Failure {
  if (error instanceof CliError) {
    const { code, message, hint } = error;
    return { code, message, ...(hint !== undefined && { hint }), exitCode: CLI_ERRORS[code].exitCode };
  }
  if (error instanceof MeterFileError) {
    const { code, message } = error;
    return { code, message, exitCode: KIND_MEANINGS[METER_FILE_ERRORS[code].kind].exit };
  }
  const explained = explain(error);
  if (explained !== undefined) {
    const { code, message, exit } = explained;
    const hint = code === 'PLATFORM_DOWN' && ledger === 'fabric' ? NETWORK_HINT : explained.hint;
    return { code, message, hint, ...detailsOf(error), exitCode: exit };
  }
  return { code: 'UNEXPECTED', message: sentenceOf(error), hint: DEBUG_HINT, exitCode: EXIT_FAULT };
}

const NETWORK_HINT = 'Start the network: wattlock network up.';
const DEBUG_HINT = 'This is a fault of the program; WATTLOCK_DEBUG=1 shows where.';

/** The launcher's errors bring the last lines of a log. */
function detailsOf(error: unknown): Pick<Failure, 'details'> {
  const details = error instanceof Error && 'details' in error ? error.details : undefined;
  return Array.isArray(details) && details.length > 0 ? { details: details.map(String) } : {};
}

/** The exit code of a refusal that was kept in a result instead of being thrown. */
export function exitCodeOf(code: ErrorCode | LedgerErrorCode): number {
  if (isLedgerCode(code)) return LEDGER_MEANINGS[code].exit;
  return KIND_MEANINGS[ERRORS[code].kind].exit;
}

function isLedgerCode(code: ErrorCode | LedgerErrorCode): code is LedgerErrorCode {
  return Object.hasOwn(LEDGER_MEANINGS, code);
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}
