// Help: every command has an example that works, what is required is marked, and every hint leads to the help that suits.
import { COMMANDS, parseCommandLine } from '@wattlock/gateway';
import { expect } from 'chai';
import { runLine } from '../../support/command-line';

const words = (text: string): string => text.replaceAll(/\s+/g, ' ');

const SILENT = { writeOut: () => undefined, writeErr: () => undefined };

describe('the help of wattlock', () => {
  for (const { path, summary, details, example, options } of COMMANDS) {
    it(`of ${path.join(' ')} tells all of it, with an example and what is required`, async () => {
      const { code, stdout, stderr } = await runLine('help', ...path);
      expect([code, stderr]).to.deep.equal([0, '']);
      expect(words(stdout)).to.include(summary).and.to.include(words(details));
      expect(stdout).to.include(`Example:\n  wattlock ${example}\n`);
      const required = Object.values(options).filter((option) => option.required);
      expect(stdout.split('(required)').length - 1).to.equal(required.length);
      expect((await runLine(...path, '--help')).stdout).to.equal(stdout);
    });

    it(`of ${path.join(' ')} has an example that can be read`, async () => {
      const request = await parseCommandLine(example.split(' '), '0.0.0', SILENT);
      expect(request?.command.path).to.deep.equal(path);
    });
  }

  it('of a group lists its commands', async () => {
    expect((await runLine('help', 'swap')).stdout)
      .to.include('convert')
      .and.to.include('finish');
  });

  it('knows no command that is not there', async () => {
    const { code, stderr } = await runLine('help', 'swap', 'undo');
    expect(code).to.equal(2);
    expect(stderr).to.equal(
      'USAGE: no command is called swap undo\nhint: See all commands: wattlock --help.\n',
    );
  });

  for (const [what, args, help] of [
    ['an option that is missing', ['cert', 'retire', 'c'], 'cert retire'],
    ['an option that is unknown', ['lot', 'list', '--unknown'], 'lot list'],
    ['a value that cannot be read', ['lot', 'list', '--state', 'LOST'], 'lot list'],
    ['values that do not go together', ['cert', 'stock', '--slot', '1'], 'cert stock'],
    ['a command that is missing', ['swap'], 'swap'],
  ] as const) {
    it(`is named by the hint about ${what}`, async () => {
      expect((await runLine(...args)).stderr).to.match(
        new RegExp(`\\nhint: .*: wattlock ${help} --help\\.\\n$`),
      );
    });
  }
});
