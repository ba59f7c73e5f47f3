// What the command line itself refuses, before or beside any ledger: one table of codes, exit codes and hints.

interface CliErrorRow {
  readonly exitCode: number;
  readonly text: string;
  readonly hint?: string;
}

const TABLE = {
  USAGE: { exitCode: 2, text: 'The command line is not understood', hint: 'wattlock --help' },
  ID_NOT_FOUND: { exitCode: 3, text: 'No record begins with this id' },
  ID_AMBIGUOUS: { exitCode: 2, text: 'More than one record begins with this id', hint: 'give more digits' },
} as const satisfies Record<string, CliErrorRow>;

export type CliErrorCode = keyof typeof TABLE;

/** The table itself. */
export const CLI_ERRORS: Readonly<Record<CliErrorCode, CliErrorRow>> = TABLE;

export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly code: CliErrorCode,
    message: string = CLI_ERRORS[code].text,
    readonly hint: string | undefined = CLI_ERRORS[code].hint,
  ) {
    super(message);
  }
}
