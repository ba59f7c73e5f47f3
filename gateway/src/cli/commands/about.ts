// `wattlock version`, `completion` and `man`: what the program tells of itself, made from its own table of commands.
import { command, type Command } from '../command';
import { COMPLETIONS } from '../completion';
import { fields } from '../format';
import { GLOBAL_OPTIONS } from '../global-options';
import { manPage } from '../man-page';
import { oneOf, required } from '../parameter';
import { programVersion } from '../version';

/** @param all gives the whole table, these commands included, once it stands. */
export const aboutCommands = (all: () => readonly Command[]): readonly Command[] => [
  command({
    path: ['version'],
    summary: 'show the version of the program and of Node.js',
    example: 'version --output json',
    json: '{version, node}',
    run: () => Promise.resolve({ version: programVersion(), node: process.versions.node }),
    render: ({ version, node }) =>
      fields([
        ['wattlock', version],
        ['Node.js', node],
      ]),
  }),

  command({
    path: ['completion'],
    summary: 'print a script with which a shell completes commands, options and values',
    details: 'The first lines of the script say where to put it.',
    example: 'completion bash',
    json: '{script}',
    arguments: { shell: required('SHELL', Object.keys(COMPLETIONS).join(', '), oneOf(COMPLETIONS)) },
    run: (_context, { shell }) =>
      Promise.resolve({ script: shell({ commands: all(), globals: GLOBAL_OPTIONS }) }),
    render: ({ script }) => script.trimEnd(),
  }),

  command({
    path: ['man'],
    summary: 'print the manual page, for man -l - or a folder of manual pages',
    example: 'man --output text',
    json: '{page}',
    run: () =>
      Promise.resolve({ page: manPage(programVersion(), { commands: all(), globals: GLOBAL_OPTIONS }) }),
    render: ({ page }) => page.trimEnd(),
  }),
];
