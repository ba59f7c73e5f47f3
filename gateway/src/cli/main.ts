// The program itself: runs the command line of this process.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';

const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');

// A reader that has seen enough, such as `head`, ends the output and is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void run({
  args: process.argv.slice(2),
  version: (JSON.parse(manifest) as { version: string }).version,
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
