// One run of the command line: read it, do it, print one answer or one error, and say how it ended.
// With `--output json` the one JSON document – result or error – goes to stdout and nothing else does.
import type { Answer } from './command';
import { newContext, type OpenContext } from './context';
import { failureOf, type Failure } from './failure';
import { parseCommandLine, type Request } from './program';
import { newProgress } from './progress';

interface Output {
  write(text: string): unknown;
}

/** What a run needs of its process; tests bring their own. */
export interface Surroundings {
  readonly args: readonly string[];
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output & { readonly isTTY?: boolean; readonly columns?: number };
}

/** @returns the exit code. Never throws. */
export async function run(surroundings: Surroundings): Promise<number> {
  const { args, version, environment, stdout, stderr } = surroundings;
  const progress = newProgress(stderr);
  let opened: OpenContext | undefined;
  try {
    const request = await parseCommandLine(args, version, {
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => wantsJson(args) || stderr.write(text),
    });
    if (request === undefined) return 0;
    opened = await newContext(request.global, environment, progress);
    return await execute(request, opened, surroundings);
  } catch (error) {
    const traced = environment['WATTLOCK_DEBUG'] === '1' && error instanceof Error;
    if (traced) stderr.write(`${error.stack ?? error.message}\n`);
    return report(failureOf(error, opened?.context.ledger), surroundings);
  } finally {
    for (const note of opened?.notes ?? []) stderr.write(`note: ${note}\n`);
  }
}

/** Prints last, when everything is closed: whatever fails before is the one answer. */
async function execute(
  { command, global, input }: Request,
  opened: OpenContext,
  surroundings: Surroundings,
): Promise<number> {
  let answer: Answer;
  try {
    answer = await command.execute(opened.context, input);
  } finally {
    opened.context.progress.clear();
    await opened.close();
  }
  const text = global.output === 'json' ? json(answer.result) : answer.text();
  surroundings.stdout.write(`${text}\n`);
  return answer.exitCode;
}

function report({ exitCode, ...error }: Failure, { args, stdout, stderr }: Surroundings): number {
  if (wantsJson(args)) {
    stdout.write(`${json({ error })}\n`);
  } else {
    stderr.write(`${error.code}: ${error.message}\n`);
    for (const line of error.details ?? []) stderr.write(`  ${line}\n`);
    if (error.hint !== undefined) stderr.write(`hint: ${error.hint}\n`);
  }
  return exitCode;
}

/** Asked of the bare arguments, because a command line that cannot be read still deserves its error in JSON. */
function wantsJson(args: readonly string[]): boolean {
  return args.some((arg, i) => arg === '--output=json' || (arg === '--output' && args[i + 1] === 'json'));
}

const json = (value: object): string => JSON.stringify(value, undefined, 2);
