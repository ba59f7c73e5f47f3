// Writes the reference pages that are made from tables: cli.md, errors.md and protocol.md of docs/reference.
// With --check it writes nothing and fails when a page is not what the tables say. Needs a build.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { protocolPage } from './protocol-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const load = createRequire(import.meta.url);
const gateway = (path) => load(join(root, 'gateway', 'dist', path));

const { COMMANDS } = gateway('cli/commands.js');
const { GLOBAL_OPTIONS } = gateway('cli/global-options.js');
const { flagOf } = gateway('cli/program.js');
const { CLI_ERRORS } = gateway('cli/cli-error.js');
const { EXIT_FAULT } = gateway('cli/failure.js');
const { EXCEPTIONS } = gateway('audit/exceptions.js');
const { EXIT, HOME_MEANINGS, KEY_MEANINGS, KIND_MEANINGS, LEDGER_MEANINGS, NETWORK_MEANINGS } =
  gateway('errors/meaning.js');
const { HINTS } = gateway('errors/hints.js');
const { METER_FILE_ERRORS, ROW_CODES } = gateway('ingest/index.js');
const { ERRORS } = load('@wattlock/core');
const { NETWORK_ERRORS } = load('@wattlock/fabric-network');

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text) => `\`${text}\``;
const table = (headings, rows) =>
  [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const NOTICE = '<!-- Made by scripts/reference.mjs from the tables in the source; edit those. -->';

const EXIT_TEXTS = [
  [EXIT.ok, 'done'],
  [EXIT_FAULT, 'a fault of the program itself'],
  [EXIT.usage, 'usage: the command line or a document in it is not acceptable'],
  [EXIT.missing, 'what was named does not exist'],
  [EXIT.conflict, 'a conflict, or a state that does not allow it; also a balance that does not close'],
  [EXIT.refused, 'refused by policy: rights, signatures, secrets, clocks'],
  [EXIT.unknown, 'the outcome is unknown: it may have been committed'],
  [EXIT.down, 'the platform is down'],
];

function parameterRows(parameters, nameOf) {
  return Object.entries(parameters).map(([key, { placeholder, text, required, fallback, repeatable }]) => {
    const given = required ? 'required' : fallback === undefined ? '' : `default ${code(fallback)}`;
    return [
      code(nameOf(key, placeholder)),
      text,
      [given, repeatable ? 'repeatable' : ''].filter(Boolean).join(', '),
    ];
  });
}

const optionName = (key, placeholder) => `${flagOf(key)} ${placeholder}`.trim();

function commandSection({ path, summary, details, json, arguments: positional, options }) {
  const names = Object.values(positional).map(({ placeholder }) => ` ${placeholder}`);
  const rows = [
    ...parameterRows(positional, (_key, placeholder) => placeholder),
    ...parameterRows(options, optionName),
  ];
  const lines = [
    `## wattlock ${path.join(' ')}${names.join('')}`,
    '',
    `${sentence(summary)}${details && ` ${details}`}`,
  ];
  if (rows.length > 0) lines.push('', table(['', 'what it is', ''], rows));
  lines.push('', `JSON: ${code(json)}`);
  return lines.join('\n');
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;

function cliPage() {
  return [
    '# Command line',
    NOTICE,
    'Options that every command takes, before or after its name:',
    table(['', 'what it is', ''], parameterRows(GLOBAL_OPTIONS, optionName)),
    [
      'With `--output json` exactly one JSON document goes to stdout: the result, or',
      '`{"error": {"code", "message", "hint"}}`. In text the error goes to stderr. Progress is shown on stderr, and only',
      'where it is a terminal. Energy in JSON is a decimal string of Wh; instants are milliseconds since 1970.',
    ].join(' '),
    table(['exit code', 'meaning'], EXIT_TEXTS),
    ...COMMANDS.map(commandSection),
  ].join('\n\n');
}

function errorRow(name, meaning, text) {
  return [code(name), text, meaning.exit, meaning.http, HINTS[name]];
}

function errorsPage() {
  const headings = ['code', 'meaning', 'exit', 'HTTP', 'hint'];
  return [
    '# Errors',
    NOTICE,
    [
      'A code never changes its meaning. Exit codes are those of the [command line](cli.md); HTTP is the status with which',
      'an API would answer.',
    ].join(' '),
    '## What a contract refuses',
    table(
      headings,
      Object.entries(ERRORS).map(([name, { kind, text }]) => errorRow(name, KIND_MEANINGS[kind], text)),
    ),
    '## Between client and ledger',
    table(
      ['code', 'exit', 'HTTP', 'sending again', 'hint'],
      Object.entries(LEDGER_MEANINGS).map(([name, { exit, http, retry }]) => [
        code(name),
        exit,
        http,
        retry,
        HINTS[name],
      ]),
    ),
    '## The home',
    table(
      ['code', 'exit', 'HTTP', 'hint'],
      Object.entries(HOME_MEANINGS).map(([name, { exit, http }]) => [code(name), exit, http, HINTS[name]]),
    ),
    '## Keys',
    table(
      ['code', 'exit', 'HTTP', 'hint'],
      Object.entries(KEY_MEANINGS).map(([name, { exit, http }]) => [code(name), exit, http, HINTS[name]]),
    ),
    '## The command line itself',
    table(
      ['code', 'meaning', 'exit', 'hint'],
      Object.entries(CLI_ERRORS).map(([name, { text, exitCode, hint }]) => [
        code(name),
        text,
        exitCode,
        hint ?? '',
      ]),
    ),
    '## Meter files',
    'A whole file that is refused; nothing of it is imported:',
    table(
      ['code', 'meaning', 'exit'],
      Object.entries(METER_FILE_ERRORS).map(([name, { kind, text }]) => [
        code(name),
        text,
        KIND_MEANINGS[kind].exit,
      ]),
    ),
    'Single rows that are not counted, while the rest is:',
    table(
      ['code', 'meaning'],
      Object.entries(ROW_CODES).map(([name, text]) => [code(name), text]),
    ),
    '## The network launcher',
    table(
      headings,
      Object.entries(NETWORK_ERRORS).map(([name, text]) => errorRow(name, NETWORK_MEANINGS[name], text)),
    ),
    '## What the audit finds',
    'Invariants are those of the design. `AT_RISK` is a warning while the lots are still locked.',
    table(
      ['code', 'meaning', 'severity', 'invariant'],
      Object.entries(EXCEPTIONS).map(([name, { text, severity, invariant }]) => [
        code(name),
        text,
        severity,
        invariant,
      ]),
    ),
  ].join('\n\n');
}

async function write(page, text) {
  const file = join(root, 'docs', 'reference', page);
  const wanted = await format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
  if (readOr(file) === wanted) return;
  if (process.argv.includes('--check')) {
    process.stderr.write(`docs/reference/${page} is not fresh: node scripts/reference.mjs\n`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  process.stderr.write(`wrote docs/reference/${page}\n`);
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

await write('cli.md', cliPage());
await write('errors.md', errorsPage());
await write('protocol.md', protocolPage(NOTICE));
