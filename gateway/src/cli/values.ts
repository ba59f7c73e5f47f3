// From the texts that were typed to the values a command gets: all that is missing is named at once, then each is read.
import { CliError, helpHint } from './cli-error';
import type { InputOf, Parameter, Parameters } from './parameter';

/** What was typed for each parameter: a text, several, or `true` for a switch. */
export type Typed = Readonly<Record<string, unknown>>;

/** `lotsPerSwap` is given as `--lots-per-swap`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Names an argument as the help does. */
export function argumentName(key: string, { placeholder }: Parameter<unknown>): string {
  return placeholder || key;
}

/** @throws CliError USAGE naming every required option that was not given. */
export function requireAll(path: readonly string[], options: Parameters, given: Typed): void {
  const missing = Object.entries(options)
    .filter(([key, { required }]) => required && given[key] === undefined)
    .map(([key, { placeholder }]) => `${flagOf(key)} ${placeholder}`);
  if (missing.length === 0) return;
  const what = missing.length === 1 ? 'required option is' : 'required options are';
  throw new CliError('USAGE', `${what} missing: ${missing.join(', ')}`, helpHint(path));
}

/** @throws CliError USAGE naming the parameter whose text cannot be read. */
export function readAll<P extends Parameters>(
  path: readonly string[],
  parameters: P,
  given: Typed,
  nameOf: (key: string, parameter: Parameter<unknown>) => string,
): InputOf<P> {
  const values = Object.entries(parameters).map(([key, parameter]) => {
    try {
      return [key, parameter.readAll(textsOf(given[key]))] as const;
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      throw new CliError(error.code, `${nameOf(key, parameter)}: ${error.message}`, helpHint(path));
    }
  });
  return Object.fromEntries(values) as InputOf<P>;
}

/** A switch comes as true, a repeated option as a list. */
function textsOf(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given.map(String);
  if (typeof given === 'string') return [given];
  return given === true ? [''] : [];
}
