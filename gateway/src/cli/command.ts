// What a command is: a row of the table that the program, the help and the reference page are made from.
// Its options are typed by their readers; its result is one JSON document, its text is drawn from that same result.
import { outline, writeDocument, type Format } from '@wattlock/core';
import { EXIT, type ExitCode, type Hint } from '../errors';
import type { CommandContext } from './context';
import type { InputOf, Parameters } from './parameter';
import type { View } from './view';

interface CommandRow<A extends Parameters, O extends Parameters, Result> {
  /** Words after `wattlock`, such as `['point', 'register']`. */
  readonly path: readonly string[];
  readonly summary: string;
  /** What the help says beyond one line. */
  readonly details?: string;
  /** One use of it as somebody would type it, after `wattlock`. */
  readonly example: string;
  /**
   * The format that writes its JSON document, of which the reference page shows the members; where the result is that
   * document already, the members in words.
   */
  readonly json: string | Format<Result>;
  /** By position. */
  readonly arguments?: A;
  /** By flag. */
  readonly options?: O;
  /** Does the work. @throws WattlockError, LedgerError or CliError; each has its exit code. */
  run(context: CommandContext, input: InputOf<A> & InputOf<O>): Promise<Result>;
  /** The result for people. */
  render(result: Result, view: View, input: InputOf<A> & InputOf<O>): string;
  /** It stops by itself when it is interrupted, and then has an answer; default: it is left where it is. */
  readonly stops?: true;
  /** How to go on after an interruption, where running it again is not the way. */
  readonly afterInterruption?: Hint;
  /** Its process counts what it does, for it tells of that. */
  readonly metered?: true;
  /** Exit code of a result that came, yet is not what the caller hoped for; default 0. */
  exitCode?(result: Result): ExitCode;
}

/** A command whose types are settled. */
export interface Command {
  readonly path: readonly string[];
  readonly summary: string;
  readonly details: string;
  readonly example: string;
  /** The members of its JSON document, as the reference page shows them. */
  readonly json: string;
  readonly arguments: Parameters;
  readonly options: Parameters;
  readonly stops: boolean;
  readonly afterInterruption?: Hint;
  readonly metered: boolean;
  /** Runs it and gives back both forms of the answer. */
  execute(context: CommandContext, input: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** What a command answers; text is drawn only when asked for. */
export interface Answer {
  /** The JSON document. */
  readonly result: object;
  readonly exitCode: ExitCode;
  text(view: View): string;
}

/** Settles a row of the table. */
export function command<A extends Parameters, O extends Parameters, Result extends object>(
  row: CommandRow<A, O, Result>,
): Command {
  return {
    path: row.path,
    summary: row.summary,
    details: row.details ?? '',
    example: row.example,
    json: typeof row.json === 'string' ? row.json : outline(row.json.shape),
    arguments: row.arguments ?? {},
    options: row.options ?? {},
    stops: row.stops ?? false,
    metered: row.metered ?? false,
    ...(row.afterInterruption && { afterInterruption: row.afterInterruption }),
    async execute(context, input) {
      const values = input as InputOf<A> & InputOf<O>;
      const result = await row.run(context, values);
      const document = typeof row.json === 'string' ? result : writeDocument(row.json, result);
      return {
        result: document,
        exitCode: row.exitCode?.(result) ?? EXIT.ok,
        text: (view) => row.render(result, view, values),
      };
    },
  };
}
