// The edge to commander: builds the program from the table of commands and turns what was typed into values.
// Options that every command takes stand before or after its name.
import { Argument, Command as Program, CommanderError, Option } from 'commander';
import { CliError } from './cli-error';
import { COMMANDS } from './commands';
import type { Command, Parameters } from './command';
import { GLOBAL_OPTIONS, type GlobalInput } from './global-options';
import type { Parameter } from './parameter';

/** What was asked for. */
export interface Request {
  readonly command: Command;
  readonly global: GlobalInput;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Where help goes: to stdout when it was asked for, to stderr when a command is missing. */
export interface HelpSink {
  writeOut(text: string): unknown;
  writeErr(text: string): unknown;
}

const GROUPS: Readonly<Record<string, string>> = {
  point: 'metering points',
  account: 'accounts of the organisations',
  meter: 'meter files',
  day: 'recorded days',
  swap: 'conversions of lots into certificates',
  lot: 'power lots',
  cert: 'certificates',
  audit: 'checks over both ledgers',
  network: 'a Fabric network on this machine',
};

/**
 * Reads a command line.
 * @returns what was asked for, or undefined when help or the version was, and has been given.
 * @throws CliError USAGE
 */
export async function parseCommandLine(
  args: readonly string[],
  version: string,
  sink: HelpSink,
): Promise<Request | undefined> {
  let request: Request | undefined;
  const program = buildProgram(version, sink, (found) => (request = found));
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new CliError('USAGE', usageMessage(error));
  }
  return request;
}

function buildProgram(version: string, sink: HelpSink, take: (request: Request) => void): Program {
  const program = configured(new Program('wattlock'), sink)
    .description(
      'Converts the power information of a renewable kilowatt-hour into a certificate, exactly once',
    )
    .version(version);
  for (const option of optionsOf(GLOBAL_OPTIONS)) program.addOption(option);
  const groups = new Map<string, Program>();
  for (const command of COMMANDS) {
    const [first = '', second] = command.path;
    if (second === undefined) {
      addCommand(program, first, command, sink, take);
      continue;
    }
    let group = groups.get(first);
    if (group === undefined) {
      group = configured(program.command(first), sink).description(GROUPS[first] ?? '');
      groups.set(first, group);
    }
    addCommand(group, second, command, sink, take);
  }
  return program;
}

/** Nothing ends the process and nothing is printed but help: errors come back as one sentence. */
function configured(program: Program, sink: HelpSink): Program {
  return program
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => {
        sink.writeOut(text);
      },
      writeErr: (text) => {
        sink.writeErr(text);
      },
      outputError: () => undefined,
    });
}

function addCommand(
  parent: Program,
  name: string,
  command: Command,
  sink: HelpSink,
  take: (request: Request) => void,
): void {
  const program = configured(parent.command(name), sink).summary(command.summary);
  program.description(command.details === '' ? command.summary : `${command.summary}\n\n${command.details}`);
  for (const [key, { placeholder, required, text }] of Object.entries(command.arguments)) {
    program.addArgument(new Argument(required ? `<${placeholder || key}>` : `[${placeholder || key}]`, text));
  }
  for (const option of optionsOf(command.options)) program.addOption(option);
  program.action(() => {
    const given = program.optsWithGlobals<Readonly<Record<string, unknown>>>();
    const positional = Object.keys(command.arguments);
    const texts = Object.fromEntries(positional.map((key, i) => [key, program.args[i]]));
    take({
      command,
      global: read(GLOBAL_OPTIONS, given, flagOf) as unknown as GlobalInput,
      input: {
        ...read(command.arguments, texts, (key) => command.arguments[key]?.placeholder ?? key),
        ...read(command.options, given, flagOf),
      },
    });
  });
}

/** `lotsPerSwap` is given as `--lots-per-swap`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function optionsOf(parameters: Parameters): Option[] {
  return Object.entries(parameters).map(([key, parameter]) => {
    const value = parameter.placeholder === '' ? '' : ` <${parameter.placeholder}>`;
    const preset = parameter.fallback === undefined ? '' : ` (default: ${parameter.fallback})`;
    const option = new Option(flagOf(key) + value, parameter.text + preset);
    if (parameter.repeatable)
      option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
    return parameter.required ? option.makeOptionMandatory() : option;
  });
}

function read(
  parameters: Parameters,
  given: Readonly<Record<string, unknown>>,
  nameOf: (key: string) => string,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    values[key] = readOne(parameter, given[key], nameOf(key));
  }
  return values;
}

function readOne(parameter: Parameter<unknown>, given: unknown, name: string): unknown {
  try {
    return parameter.readAll(textsOf(given));
  } catch (error) {
    if (error instanceof CliError) throw new CliError(error.code, `${name}: ${error.message}`, error.hint);
    throw error;
  }
}

/** A switch comes as true, a repeated option as a list. */
function textsOf(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given as readonly string[];
  if (typeof given === 'string') return [given];
  return given === true ? [''] : [];
}

function usageMessage(error: CommanderError): string {
  if (error.code === 'commander.help') return 'a command is missing';
  return error.message.replace(/^error: /, '').replaceAll('\n', ' ');
}
