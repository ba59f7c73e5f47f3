// What a home was made with: wattlock.json, written once, read by a reader of its version.
// A home without this file is no home yet, so it is the last part to be put in its place.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  anyDocument,
  integer,
  oneOf,
  optional,
  PRODUCTION_LIMITS,
  readDocument,
  record,
  text,
  withDefault,
  type Json,
  type JsonObject,
} from '@wattlock/core';
import { LEDGER_CHOICES, readLimits, writeLimits, type ChannelLimits, type LedgerChoice } from '../platform';
import { HomeError } from './home-error';

/** Whether both channels of the embedded platform share a ledger file (FIG. 11 of the patent) or have one each. */
export const LAYOUTS = ['one-file', 'file-per-channel'] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface HomeSettings {
  readonly layout: Layout;
  /** The ledger of each channel when a command names none. */
  readonly ledger: LedgerChoice;
  /** Generator organisations of its platforms. */
  readonly generators: number;
  /** What the channels are configured with. */
  readonly limits: ChannelLimits;
  /** The one organisation whose keys are here, such as `generator-2`; absent in a development home, which has all. */
  readonly organisation?: string;
  /** Absolute path of the embedded ledger's folder in another home: this one reads it and never writes. */
  readonly ledgerFolder?: string;
}

/** A home that is there: its settings, and where it is. */
export interface Home extends HomeSettings {
  /** Absolute path. */
  readonly folder: string;
}

export const DEFAULT_SETTINGS: HomeSettings = {
  layout: 'one-file',
  ledger: 'embedded',
  generators: 1,
  limits: PRODUCTION_LIMITS,
};

export const SETTINGS_FILE = 'wattlock.json';

/** 1: a development home. 2: also a home of one organisation. */
const VERSION = 2;

const MOST_GENERATORS = 16;

const document = anyDocument('one JSON object');
const limits = anyDocument('an object of limits');

const anyVersion = integer(1, Number.MAX_SAFE_INTEGER);

/** Version 1 of earlier releases knew neither `ledger` nor `generators`. */
const settings = record({
  version: integer(1, VERSION),
  layout: oneOf(LAYOUTS),
  ledger: withDefault(oneOf(Object.keys(LEDGER_CHOICES) as LedgerChoice[]), DEFAULT_SETTINGS.ledger),
  generators: withDefault(integer(1, MOST_GENERATORS), DEFAULT_SETTINGS.generators),
  limits,
  organisation: optional(text(/^[a-z][a-z0-9-]*$/, 'the name of an organisation')),
  ledgerFolder: optional(text(/^\//, 'an absolute path')),
});

/** The file's text. */
export function settingsText({ limits, ...rest }: HomeSettings): string {
  return `${JSON.stringify({ version: VERSION, ...rest, limits: writeLimits(limits) }, undefined, 2)}\n`;
}

/**
 * @returns undefined when there is no such file
 * @throws HomeError HOME_DAMAGED, HOME_NEWER; Error of the system when it refuses
 */
export async function readSettings(home: string): Promise<HomeSettings | undefined> {
  const file = join(home, SETTINGS_FILE);
  let found: string;
  try {
    found = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return settingsIn(file, readDocument(document, JSON.parse(found) as Json));
  } catch (error) {
    if (error instanceof HomeError) throw error;
    throw new HomeError('HOME_DAMAGED', `${file} cannot be understood: ${(error as Error).message}`, error);
  }
}

function settingsIn(file: string, found: JsonObject): HomeSettings {
  const version = anyVersion(found['version'], 'version');
  if (version > VERSION) {
    throw new HomeError(
      'HOME_NEWER',
      `${file} is of version ${version}, this program reads up to ${VERSION}`,
    );
  }
  const { version: _version, limits: limitsFound, ...rest } = readDocument(settings, found);
  return { ...rest, limits: readLimits(limitsFound) };
}
