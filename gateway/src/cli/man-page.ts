// The manual page wattlock(1), made from the table of commands, in the man macros that every man program reads.
// Source: groff_man(7); a hyphen that is typed is written \-, a line that begins with a dot or quote is guarded.
import { EXIT, EXIT_TEXTS } from '../errors';
import type { Command } from './command';
import type { Parameters } from './parameter';
import type { Completable } from './completion';
import { DESCRIPTION } from './program-texts';
import { argumentName, flagOf } from './values';

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['WATTLOCK_HOME', 'the home, where --home names none'],
  [
    'WATTLOCK_LANGUAGE, LC_ALL, LC_MESSAGES, LANG',
    'the language of hints, en or ja, where --language names none',
  ],
  ['WATTLOCK_DEBUG', '1 shows where a fault of the program happened'],
];

/** @param version of the program, such as `0.1.0`. */
export function manPage(version: string, { commands, globals }: Completable): string {
  return [
    `.TH WATTLOCK 1 "" "wattlock ${text(version)}" "User Commands"`,
    '.SH NAME',
    `wattlock \\- ${text(lowerFirst(DESCRIPTION))}`,
    '.SH SYNOPSIS',
    '.B wattlock',
    '.I COMMAND',
    '.RI [ OPTION ...]',
    '.SH OPTIONS',
    'Every command takes these, before or after its name.',
    ...parameterLines(globals, flagOf),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT).flatMap(([name, code]) =>
      term(String(code), EXIT_TEXTS[name as keyof typeof EXIT]),
    ),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, about]) => term(name, about)),
    '',
  ].join('\n');
}

function commandLines(command: Command): readonly string[] {
  const names = Object.entries(command.arguments).map(([key, parameter]) => argumentName(key, parameter));
  return [
    `.SS ${text(['wattlock', ...command.path, ...names].join(' '))}`,
    text(`${upperFirst(command.summary)}.`),
    ...(command.details === '' ? [] : ['.PP', text(command.details)]),
    ...parameterLines(command.arguments, (key) => key),
    ...parameterLines(command.options, flagOf),
    '.PP',
    'Example:',
    '.PP',
    '.RS 4',
    '.nf',
    text(`wattlock ${command.example}`),
    '.fi',
    '.RE',
  ];
}

function parameterLines(parameters: Parameters, nameOf: (key: string) => string): readonly string[] {
  return Object.entries(parameters).flatMap(([key, parameter]) => {
    const named =
      nameOf(key) === key ? argumentName(key, parameter) : `${nameOf(key)} ${parameter.placeholder}`;
    const preset = parameter.fallback === undefined ? '' : ` (default: ${parameter.fallback})`;
    const need = parameter.required ? ' (required)' : '';
    return term(named.trim(), parameter.text + preset + need);
  });
}

const term = (name: string, about: string): readonly string[] => ['.TP', `.B ${text(name)}`, text(about)];

/** A text that no macro and no escape can be read in. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
const upperFirst = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
