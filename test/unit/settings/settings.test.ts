// Settings from file, environment and command line: what overrides what, what is refused, and what is never repeated.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  placeOf,
  resolveSettings,
  SETTING_NAMES,
  SETTING_ROWS,
  SettingsError,
  type Given,
  type ResolvedSettings,
} from '@wattlock/gateway';

describe('settings', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'wattlock-settings-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const file = (): string => join(home, 'wattlock.config.json');
  const write = (document: unknown): Promise<void> => writeFile(file(), JSON.stringify(document));
  const resolved = (
    environment: Given['environment'] = {},
    flags: Given['flags'] = {},
  ): Promise<ResolvedSettings> => resolveSettings({ flags: { home, ...flags }, environment });
  const problemsOf = async (attempt: Promise<unknown>): Promise<Pick<SettingsError, 'code' | 'details'>> => {
    const error: unknown = await attempt.catch((reason: unknown) => reason);
    if (!(error instanceof SettingsError)) throw new Error('not refused');
    return { code: error.code, details: error.details };
  };

  it('are the defaults when nothing is given, and the home is where the process stands', async () => {
    const { settings, sources, file: read } = await resolveSettings({ flags: {}, environment: {} });
    expect(settings).to.deep.equal({
      ...{ home: join(process.cwd(), '.wattlock'), timeZone: 'UTC', logLevel: 'off' },
      ...{ watchEveryMs: 10_000, debug: false },
    });
    expect(read).to.equal(undefined);
    expect(new Set(Object.values(sources).map(placeOf))).to.deep.equal(new Set(['default']));
  });

  it('come from the file, then from the environment, then from the command line', async () => {
    await write({ logLevel: 'warn', timeZone: 'Europe/Berlin', watchEveryMs: 500 });
    const { settings, sources } = await resolved(
      { WATTLOCK_LOG_LEVEL: 'info', WATTLOCK_TIME_ZONE: 'Asia/Tokyo' },
      { timeZone: 'America/Lima' },
    );
    expect(settings).to.include({ logLevel: 'info', timeZone: 'America/Lima', watchEveryMs: 500 });
    expect(placeOf(sources.watchEveryMs ?? { from: 'default' })).to.equal(`file ${file()}`);
    expect(placeOf(sources.logLevel ?? { from: 'default' })).to.equal('environment WATTLOCK_LOG_LEVEL');
    expect(placeOf(sources.timeZone ?? { from: 'default' })).to.equal('--time-zone');
  });

  it('are the same whether a number or a switch is written as text or not', async () => {
    await write({ metricsPort: 9464, debug: true });
    const fromFile = (await resolved()).settings;
    await rm(file());
    const fromText = (await resolved({ WATTLOCK_METRICS_PORT: '9464', WATTLOCK_DEBUG: '1' })).settings;
    const { config: _file, ...same } = fromFile;
    expect(fromText).to.deep.equal(same);
  });

  it('know no difference between a variable that is empty and one that is absent', async () => {
    expect((await resolved({ WATTLOCK_LOG_LEVEL: '', WATTLOCK_DEBUG: '' })).settings).to.include({
      ...{ logLevel: 'off', debug: false },
    });
  });

  it('may take the machine’s own time zone', async () => {
    const { settings } = await resolved({ WATTLOCK_TIME_ZONE: 'local' });
    expect(settings.timeZone).to.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  it('are refused with every problem and its place, and no value is repeated', async () => {
    const secret = 'deadbeef'.repeat(8);
    await write({ seed: secret, logLevel: secret, watchEveryMs: 1.5, home: '/elsewhere' });
    const { code, details } = await problemsOf(
      resolved({ WATTLOCK_METRICS_PORT: secret }, { timeZone: 'Atlantis/Capital' }),
    );
    expect(code).to.equal('CONFIG_INVALID');
    expect(details).to.have.length(6);
    expect(details[0]).to.match(/: seed: no such setting; there are language, timeZone/);
    expect(details.find((line) => line.includes('home'))).to.include('cannot be set in this file');
    expect(details.find((line) => line.startsWith('environment WATTLOCK_METRICS_PORT'))).to.include('65535');
    expect(details.find((line) => line.startsWith('--time-zone'))).to.include('Asia/Tokyo');
    expect(details.join('\n')).not.to.include(secret);
  });

  it('are refused also where something else overrides them', async () => {
    await write({ logLevel: 'loud' });
    expect(await problemsOf(resolved({}, { logLevel: 'info' }))).to.have.property('code', 'CONFIG_INVALID');
  });

  for (const content of ['{"seed": "deadbeef"', '[]', '"text"', 'null', '']) {
    it(`are refused when the file is ${content === '' ? 'empty' : content}`, async () => {
      await writeFile(file(), content);
      const error: unknown = await resolved().catch((reason: unknown) => reason);
      expect(error).to.have.property('code', 'CONFIG_INVALID');
      expect(error).to.have.property('message').that.does.not.include('deadbeef');
    });
  }

  it('come from the file that is named, which then has to be there', async () => {
    const other = join(home, 'other.json');
    await writeFile(other, '{"logLevel": "error"}');
    expect((await resolved({ WATTLOCK_CONFIG: other })).settings.logLevel).to.equal('error');
    expect(await problemsOf(resolved({}, { config: join(home, 'none.json') }))).to.have.property(
      ...(['code', 'CONFIG_NOT_FOUND'] as const),
    );
  });

  it('each have a variable of their own', () => {
    const variables = SETTING_NAMES.map((name) => SETTING_ROWS[name].environment);
    expect(new Set(variables).size).to.equal(SETTING_NAMES.length);
  });
});
