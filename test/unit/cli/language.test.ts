// The language of hints: the option first, then the variables in the order of POSIX; codes and members never change.
import { languageOf } from '@wattlock/gateway';
import { expect } from 'chai';
import { runLine, runLineWith } from '../../support/command-line';

describe('the language of hints', () => {
  for (const [args, environment, language] of [
    [[], {}, 'en'],
    [[], { LANG: 'ja_JP.UTF-8' }, 'ja'],
    [[], { LANG: 'ja_JP.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
    [[], { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, 'en'],
    [[], { LANG: 'C', LC_ALL: '', WATTLOCK_LANGUAGE: 'ja' }, 'ja'],
    [[], { LANG: 'fr_FR.UTF-8' }, 'en'],
    [['--language', 'ja'], { LANG: 'en_US.UTF-8' }, 'ja'],
    [['--language=en'], { LANG: 'ja_JP.UTF-8' }, 'en'],
    [['--language'], { LANG: 'ja_JP.UTF-8' }, 'en'],
  ] as const) {
    it(`is ${language} for [${args.join(' ')}] and ${JSON.stringify(environment)}`, () => {
      expect(languageOf(args, environment)).to.equal(language);
    });
  }

  it('reaches the hint of an error, wherever the option stands', async () => {
    for (const args of [
      ['--language', 'ja', 'lot', 'list'],
      ['lot', 'list', '--language=ja'],
    ]) {
      const { code, stderr } = await runLine(...args);
      expect(code).to.equal(3);
      expect(stderr).to.match(/^HOME_NOT_FOUND: .*\nhint: 先にホームを作るか/);
    }
  });

  it('reaches the hint of a command line that cannot be read', async () => {
    expect((await runLineWith({ LANG: 'ja_JP.UTF-8' }, 'nonsense')).stderr).to.include(
      'hint: 使い方: wattlock --help',
    );
  });

  it('changes nothing in JSON but the hint', async () => {
    const line = ['lot', 'list', '--output', 'json'];
    const [english, japanese] = [await runLine(...line), await runLine(...line, '--language', 'ja')];
    const errorOf = ({ stdout }: { stdout: string }) =>
      (JSON.parse(stdout) as { error: Record<string, string> }).error;
    expect({ ...errorOf(japanese), hint: '' }).to.deep.equal({ ...errorOf(english), hint: '' });
    expect(errorOf(japanese)['hint']).to.not.equal(errorOf(english)['hint']);
  });
});
