// The keys of a home: one account and one seed for each organisation, readable by their owner alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId } from '@wattlock/core';
import { freshHex, machineEntropy } from '../entropy';
import { asSeenBy, mapMembers, membersOf, type ByRole } from '../platform';
import { newAccountKeyPem, newAccountSigner, type AccountSigner } from '../identity';
import { memberNames } from './member-names';
import { eachMember } from './organisations';

/** What an organisation signs with, and derives its secrets from. */
export interface OrganisationKeys {
  readonly account: AccountSigner;
  /** 32 bytes. */
  readonly seed: Uint8Array;
}

export interface HomeKeys {
  /** One account a role, each with its private key; of several generators the first. */
  readonly accounts: ByRole<AccountSigner>;
  readonly seeds: ByRole<Uint8Array>;
  /** The keys of each generator organisation, in the order of its platforms' `generators`. */
  readonly generatorKeys: readonly OrganisationKeys[];
}

const SEED_BYTES = 32;

/** Makes new keys for every organisation. */
export async function makeKeys(home: string, generators: number): Promise<void> {
  for (const part of ['accounts', 'seeds']) {
    await mkdir(join(home, part), { recursive: true, mode: 0o700 });
  }
  for (const name of membersOf(memberNames(generators))) {
    await writeFile(accountFile(home, name), newAccountKeyPem(), { mode: 0o600 });
    await writeFile(seedFile(home, name), `${freshHex(machineEntropy, SEED_BYTES)}\n`, { mode: 0o600 });
  }
}

/** @throws Error naming the file that is missing. */
export async function readKeys(home: string, generators: number): Promise<HomeKeys> {
  const keys = await eachMember(memberNames(generators), async (name): Promise<OrganisationKeys> => {
    const [key, seed] = await Promise.all([
      readFile(accountFile(home, name), 'utf8'),
      readFile(seedFile(home, name), 'utf8'),
    ]);
    return { account: newAccountSigner(name as AccountId, key), seed: Buffer.from(seed.trim(), 'hex') };
  });
  return {
    accounts: asSeenBy(mapMembers(keys, ({ account }) => account)),
    seeds: asSeenBy(mapMembers(keys, ({ seed }) => seed)),
    generatorKeys: keys.generators,
  };
}

/** The keys with which one of the generators and its certifier deal. */
export function keysWith(home: HomeKeys, generator: OrganisationKeys): Pick<HomeKeys, 'accounts' | 'seeds'> {
  return {
    accounts: { ...home.accounts, generator: generator.account },
    seeds: { ...home.seeds, generator: generator.seed },
  };
}

const accountFile = (home: string, name: string): string => join(home, 'accounts', `${name}.pem`);
const seedFile = (home: string, name: string): string => join(home, 'seeds', `${name}.hex`);
