// A development home: one folder with the organisations, account keys, seeds, settings and the embedded ledger.
// The same accounts and seeds serve an embedded platform and a network of real peers under HOME/network.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { JsonObject, Leg } from '@wattlock/core';
import { PRODUCTION_LIMITS } from '@wattlock/core';
import { type ChannelLimits, isMixed, type LedgerChoice, readLimits, writeLimits } from '../platform';
import { HomeError } from './home-error';
import { makeKeys, readKeys, type HomeKeys } from './home-keys';
import { foundConsortium, writeConsortium } from './organisations';

/** Whether both channels of the embedded platform share a ledger file (FIG. 11 of the patent) or have one each. */
export type Layout = 'one-file' | 'file-per-channel';

export interface HomeSettings {
  readonly layout: Layout;
  /** The ledger of each channel when a command names none. */
  readonly ledger: LedgerChoice;
  /** Generator organisations of its platforms. */
  readonly generators: number;
  /** What the channels are configured with. */
  readonly limits: ChannelLimits;
}

export interface Home extends HomeSettings, HomeKeys {
  /** Absolute path. */
  readonly folder: string;
}

const DEFAULT_SETTINGS: HomeSettings = {
  layout: 'one-file',
  ledger: 'embedded',
  generators: 1,
  limits: PRODUCTION_LIMITS,
};

const SETTINGS_FILE = 'wattlock.json';
const VERSION = 1;

/** The folder named by WATTLOCK_HOME, else `.wattlock` in the current folder. */
export function defaultHomeFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const named = environment['WATTLOCK_HOME'];
  return resolve(named === undefined || named === '' ? '.wattlock' : named);
}

/** Makes a home where there is none, and opens it; one that is there stays as it is. */
export async function initHome(folder: string, settings: Partial<HomeSettings> = {}): Promise<Home> {
  const home = resolve(folder);
  const known = await readSettings(home);
  if (known === undefined) {
    await make(home, { ...DEFAULT_SETTINGS, ...settings });
  }
  return openHome(home);
}

/** The ledger that a home was made for; embedded where there is no home that could say. */
export async function ledgerOfHome(folder: string): Promise<LedgerChoice> {
  const settings = await readSettings(resolve(folder)).catch(() => undefined);
  return settings?.ledger ?? DEFAULT_SETTINGS.ledger;
}

/** @throws HomeError HOME_NOT_FOUND, or HOME_DAMAGED when a part of it is missing. */
export async function openHome(folder: string): Promise<Home> {
  const home = resolve(folder);
  const settings = await readSettings(home);
  if (settings === undefined) throw new HomeError('HOME_NOT_FOUND', `No wattlock home in ${home}`);
  try {
    return { folder: home, ...settings, ...(await readKeys(home, settings.generators)) };
  } catch (error) {
    throw new HomeError('HOME_DAMAGED', `The wattlock home in ${home} is incomplete`, error);
  }
}

/** What cannot be changed once a home is made. @throws HomeError HOME_DIFFERS when it was made otherwise. */
export function requireSame(home: Home, wanted: Partial<Pick<HomeSettings, 'layout' | 'generators'>>): void {
  for (const [name, value] of Object.entries(wanted)) {
    const is = home[name as keyof typeof wanted];
    if (is !== value)
      throw new HomeError('HOME_DIFFERS', `The home in ${home.folder} was made with ${name} ${is}`);
  }
}

/** Where the organisations of the embedded platform are. */
export const organisationsFolder = (home: Pick<Home, 'folder'>): string => join(home.folder, 'organisations');

/** Where a network of real peers is. */
export const networkFolder = (home: Pick<Home, 'folder'>): string => join(home.folder, 'network');

/** The ledger files of the embedded platform. */
export function ledgerFiles({
  folder,
  layout,
}: Pick<Home, 'folder' | 'layout'>): Readonly<Record<Leg, string>> {
  const file = (name: string): string => join(folder, 'ledger', `${name}.db`);
  return layout === 'one-file'
    ? { power: file('ledger'), certificate: file('ledger') }
    : { power: file('power'), certificate: file('certificate') };
}

/** The file of an embedded channel whose counterpart is on real peers: apart from those of an embedded pair. */
export function mixedLedgerFile({ folder }: Pick<Home, 'folder'>, legs: readonly Leg[]): string {
  return join(folder, 'ledger', `${legs.join('-')}-beside-network.db`);
}

/** The file of a channel that an embedded ledger keeps. */
export function channelFile(home: Pick<Home, 'folder' | 'layout'>, ledger: LedgerChoice, leg: Leg): string {
  return isMixed(ledger) ? mixedLedgerFile(home, [leg]) : ledgerFiles(home)[leg];
}

/** Settings come last: a home without them was not finished and is made anew. */
async function make(home: string, settings: HomeSettings): Promise<void> {
  const { layout, ledger, generators, limits } = settings;
  await mkdir(join(home, 'ledger'), { recursive: true, mode: 0o700 });
  await writeConsortium(organisationsFolder({ folder: home }), await foundConsortium(generators));
  await makeKeys(home, generators);
  const document = { version: VERSION, layout, ledger, generators, limits: writeLimits(limits) };
  const file = join(home, SETTINGS_FILE);
  await writeFile(`${file}.new`, `${JSON.stringify(document, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}

async function readSettings(home: string): Promise<HomeSettings | undefined> {
  let text: string;
  try {
    text = await readFile(join(home, SETTINGS_FILE), 'utf8');
  } catch {
    return undefined;
  }
  try {
    const {
      version,
      layout,
      ledger = DEFAULT_SETTINGS.ledger,
      generators = DEFAULT_SETTINGS.generators,
      limits,
    } = JSON.parse(text) as Pick<HomeSettings, 'layout'> & {
      readonly version: number;
      /** Absent in homes of earlier releases. */
      readonly ledger?: LedgerChoice;
      readonly generators?: number;
      readonly limits: JsonObject;
    };
    if (version !== VERSION) throw new Error(`version ${version} is not ${VERSION}`);
    return { layout, ledger, generators, limits: readLimits(limits) };
  } catch (error) {
    throw new HomeError('HOME_DAMAGED', `${join(home, SETTINGS_FILE)} cannot be read`, error);
  }
}
