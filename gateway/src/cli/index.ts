// The public entry of the command line.
export type { Command } from './command';
export { COMMANDS } from './commands';
export { run as runCommandLine, type Surroundings } from './run';
