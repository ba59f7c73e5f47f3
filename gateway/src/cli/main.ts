// The program itself: runs the command line of this process.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';

const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');

void run({
  args: process.argv.slice(2),
  version: (JSON.parse(manifest) as { version: string }).version,
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
