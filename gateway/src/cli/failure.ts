// What the command line says of an error: its code, one sentence, a hint, and the exit code scripts go by.
// A fault of the program itself is said so in one line; a stack trace is shown only on request.
import {
  EXIT,
  explain,
  fileErrorOf,
  isCoded,
  KINDS,
  NETWORK_HINTS,
  type ExitCode,
  type Language,
} from '../errors';
import type { LedgerChoice } from '../platform';
import { CLI_ERRORS } from './cli-error';
import { hintOf, kindOf } from './families';

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Evidence, such as the last lines of a log. */
  readonly details?: readonly string[];
  readonly exitCode: ExitCode;
}

/** @param ledger what the command worked on, as far as it came to know. */
export function failureOf(error: unknown, language: Language, ledger?: LedgerChoice): Failure {
  const known = fileErrorOf(error) ?? error;
  const explained = explain(known, hintOf, language);
  if (explained === undefined) {
    const hint = CLI_ERRORS.UNEXPECTED.hint[language];
    return { code: 'UNEXPECTED', message: sentenceOf(error), hint, exitCode: EXIT.fault };
  }
  const { code, message, exit: exitCode } = explained;
  const hint =
    code === 'PLATFORM_DOWN' && ledger === 'fabric' ? NETWORK_HINTS.NETWORK_DOWN[language] : explained.hint;
  return { code, message, ...(hint !== undefined && { hint }), ...detailsOf(known), exitCode };
}

/** Some errors bring lines of evidence: a log's last ones, or what a peer said. */
function detailsOf(error: unknown): Pick<Failure, 'details'> {
  const details = isCoded(error) ? error.details : undefined;
  return Array.isArray(details) && details.length > 0 ? { details: details.map(String) } : {};
}

/** The exit code of a refusal that was kept in a result instead of being thrown. */
export function exitCodeOf(code: Parameters<typeof kindOf>[0]): ExitCode {
  return KINDS[kindOf(code)].exit;
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}
