#!/usr/bin/env node
// Starts the command line. Plain JavaScript, so that `npx wattlock` exists before the first build.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '..', 'dist', 'cli', 'main.js');
if (existsSync(main)) {
  require(main);
} else {
  process.stderr.write('wattlock is not built yet: run `npm run ready` in its folder first\n');
  process.exitCode = 2;
}
