// The public entry of the command line.
export { CLI_ERRORS } from './cli-error';
export type { Command } from './command';
export { COMMANDS } from './commands';
export { hintOf } from './families';
export { run as runCommandLine, type Surroundings } from './run';
