// How the command line answers what it cannot do: exit codes, one JSON document on stdout, never a stack trace.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Cli, type CliErrorDocument } from '../support/cli';

/** Runs that fail, before and after the home exists; each gives a code and an exit code. */
const WITHOUT_HOME: readonly (readonly [args: readonly string[], exit: number, code: string])[] = [
  [[], 2, 'USAGE'],
  [['nonsense'], 2, 'USAGE'],
  [['point', 'register', '--id', 'p1'], 2, 'USAGE'],
  [['lot', 'list', '--state', 'lost'], 2, 'USAGE'],
  [['lot', 'list', '--ledger', 'paper'], 2, 'USAGE'],
  [['lot', 'list', '--unknown'], 2, 'USAGE'],
  [['swap', 'convert', '--point', 'p1', '--embodiment', '5'], 2, 'USAGE'],
  [['swap', 'convert', '--point', 'p1', '--from', '2025-02-30'], 2, 'USAGE'],
  [['lot', 'list'], 3, 'HOME_NOT_FOUND'],
  [['audit', 'reconcile'], 3, 'HOME_NOT_FOUND'],
];

const WITH_HOME: typeof WITHOUT_HOME = [
  [['lot', 'show', 'p1/2025-06-01/0'], 3, 'LOT_NOT_FOUND'],
  [['swap', 'show', 'abcdef0123'], 3, 'ID_NOT_FOUND'],
  [['cert', 'show', 'abcdef0123'], 3, 'ID_NOT_FOUND'],
  [['swap', 'convert', '--point', 'p9'], 3, 'POINT_NOT_FOUND'],
  [['meter', 'import', 'absent.csv', '--point', 'p9', '--value-column', 'v', '--unit', 'W'], 2, 'BAD_OPTION'],
  [['audit', 'reconcile', '--ledger', 'fabric'], 7, 'PLATFORM_DOWN'],
];

const SIZE = ['--capacity-w', '5000', '--slot-minutes', '30'];

describe('the manners of wattlock', function () {
  this.timeout(120_000);
  let cli: Cli;

  before(async () => {
    cli = await Cli.open();
  });
  after(() => cli.close());

  const expectRefusals = (rows: typeof WITHOUT_HOME): void => {
    for (const [args, exit, code] of rows) {
      it(`answers "wattlock ${args.join(' ')}" with ${code} and exit code ${exit}`, async () => {
        const run = await cli.run('--output', 'json', ...args);
        expect(run.code).to.equal(exit);
        expect((run.json() as CliErrorDocument).error.code).to.equal(code);
        expect(run.stderr).to.equal('');
      });
    }
  };

  describe('without a home', () => {
    expectRefusals(WITHOUT_HOME);

    it('says in text on stderr what is wrong and what to do', async () => {
      const run = await cli.run('lot', 'list');
      expect(run.stdout).to.equal('');
      expect(run.stderr).to.match(/^HOME_NOT_FOUND: .*\nhint: .*wattlock init.*\n$/);
    });

    it('says what is in the way of a home', async () => {
      const file = join(cli.folder, 'file');
      await writeFile(file, '');
      for (const home of [file, join(file, 'home')]) {
        const { code, stderr } = await cli.run('init', '--home', home);
        expect(code).to.equal(2);
        expect(stderr).to.match(/^WRONG_PLACE: .*ENOTDIR: .*\/file\/.*\nhint: /);
      }
    });

    it('helps on request', async () => {
      const run = await cli.run('meter', 'import', '--help');
      expect(run.code).to.equal(0);
      expect(run.stdout).to.include('--time-column').and.to.include('--output');
    });
  });

  describe('with a home', () => {
    before(async () => {
      await cli.answer('init');
    });
    expectRefusals(WITH_HOME);

    it('takes global options before and after the command alike', async () => {
      const [before, after, joined] = [
        await cli.run('--output', 'json', 'point', 'list'),
        await cli.run('point', 'list', '--output', 'json'),
        await cli.run('point', '--output=json', 'list', `--home=${cli.home}`),
      ];
      expect(before.json()).to.deep.equal({ points: [] });
      expect(after.stdout).to.equal(before.stdout);
      expect(joined.stdout).to.equal(before.stdout);
    });

    it('says what a point is registered with when the same id comes with other content', async () => {
      const register = (type: string, place: string) =>
        cli.run('point', 'register', '--id', 'p1', '--type', type, '--place', place, ...SIZE);
      expect((await register('solar', 'Akita')).code).to.equal(0);
      expect((await register('solar', 'Akita')).code).to.equal(0);
      const { code, stderr } = await register('wind', 'Sendai');
      expect(code).to.equal(4);
      expect(stderr).to.match(
        /^POINT_CONFLICT: .*point p1, type solar, not wind, place Akita, not Sendai\)\n/,
      );
    });

    it('says that the disk is full when the answer cannot be written', async () => {
      for (const args of [['point', 'list'], ['point', 'list', '--output', 'json'], ['--help']]) {
        const { code, stderr } = await cli.runInto('/dev/full', ...args);
        expect(code).to.equal(7);
        expect(stderr).to.match(/^DISK_FULL: The disk is full \(write ENOSPC\)\nhint: [^\n]*\n$/);
      }
    });

    it('points to the network when real peers are down', async () => {
      const run = await cli.run('point', 'list', '--ledger', 'fabric');
      expect(run.code).to.equal(7);
      expect(run.stderr).to.include('wattlock network up');
    });
  });

  it('never shows a stack trace', async () => {
    for (const args of [
      ['nonsense'],
      ['lot', 'show', '%'],
      ['swap', 'show', ''],
      ['point', 'register', '--place', '\n'],
    ]) {
      const run = await cli.run(...args);
      expect(run.code).to.be.greaterThan(0);
      expect(run.stdout + run.stderr).to.not.match(/^\s+at /m);
    }
  });
});
