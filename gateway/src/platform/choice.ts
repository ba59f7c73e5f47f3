// Which ledger keeps each channel (FIG. 11 of the patent): both on one kind, or one channel on each.
// A choice goes by the name that `--ledger` takes; the table says what it means.
import { LEGS, type Leg } from '@wattlock/core';

/** What keeps a channel: the embedded ledger of this process, or real peers. */
export type LedgerKind = 'embedded' | 'fabric';

const TABLE = {
  embedded: { power: 'embedded', certificate: 'embedded' },
  fabric: { power: 'fabric', certificate: 'fabric' },
  'power=embedded,certificate=fabric': { power: 'embedded', certificate: 'fabric' },
  'power=fabric,certificate=embedded': { power: 'fabric', certificate: 'embedded' },
} as const satisfies Record<string, Readonly<Record<Leg, LedgerKind>>>;

export type LedgerChoice = keyof typeof TABLE;

/** A choice that puts one channel on each kind. */
export type MixedChoice = Exclude<LedgerChoice, LedgerKind>;

/** The ledger of each channel, by choice. */
export const LEDGER_CHOICES: Readonly<Record<LedgerChoice, Readonly<Record<Leg, LedgerKind>>>> = TABLE;

/** Reads a choice: a kind for both channels, or `LEG=KIND,LEG=KIND` in any order; undefined when it is neither. */
export function parseLedgerChoice(text: string): LedgerChoice | undefined {
  const parts = text.includes('=') ? text.split(',') : LEGS.map((leg) => `${leg}=${text}`);
  const given = [...parts].sort().join();
  return choices().find((choice) => given === partsOf(choice).sort().join());
}

/** The legs whose channel a kind of ledger keeps. */
export function legsOn(kind: LedgerKind, choice: LedgerChoice): readonly Leg[] {
  return LEGS.filter((leg) => LEDGER_CHOICES[choice][leg] === kind);
}

export function isMixed(choice: LedgerChoice): choice is MixedChoice {
  return LEDGER_CHOICES[choice].power !== LEDGER_CHOICES[choice].certificate;
}

const choices = (): readonly LedgerChoice[] => Object.keys(TABLE) as LedgerChoice[];

const partsOf = (choice: LedgerChoice): string[] =>
  LEGS.map((leg) => `${leg}=${LEDGER_CHOICES[choice][leg]}`);
