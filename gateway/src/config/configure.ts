// Makes a platform ready: channel parameters and accounts on both channels. Asking twice changes nothing.
import {
  canonicalJson,
  LEGS,
  WattlockError,
  writeParameters,
  type ErrorCode,
  type JsonObject,
  type Leg,
} from '@wattlock/core';
import type { ChannelLimits, OrganisationRole, Platform } from '../ledger/platform';
import type { Ledger } from '../ledger/port';
import { submitWithRetry } from '../ledger/retry';
import type { AccountSigner } from './account-signer';
import { parametersOf } from './limits';
import { ROLES } from './organisations';

/** What a platform is configured with: a home has both. */
export interface Configuration {
  readonly accounts: Readonly<Record<OrganisationRole, AccountSigner>>;
  readonly limits: ChannelLimits;
}

/**
 * Configures both channels and registers all accounts on both, skipping what is already so.
 * @throws WattlockError ACCOUNT_CONFLICT when an account is registered with another key.
 */
export async function configurePlatform(platform: Platform, configuration: Configuration): Promise<void> {
  await Promise.all(LEGS.map((leg) => configureChannel(platform, leg, configuration)));
}

async function configureChannel(
  platform: Platform,
  leg: Leg,
  { accounts, limits }: Configuration,
): Promise<void> {
  const ledger = platform.as('certifier')[leg];
  await ensure(ledger, {
    read: ['ReadParameters', {}],
    absent: 'NOT_CONFIGURED',
    write: 'Configure',
    document: writeParameters(parametersOf(platform.mspIds, limits)),
  });
  for (const role of ROLES) {
    const { id, key } = accounts[role];
    await ensure(ledger, {
      read: ['ReadAccount', { id }],
      absent: 'ACCOUNT_NOT_FOUND',
      write: 'RegisterAccount',
      document: { id, role, mspId: platform.mspIds[role], key: { ...key } },
    });
  }
}

interface Wanted {
  readonly read: readonly [fn: string, document: JsonObject];
  /** What reading is refused with when nothing is there. */
  readonly absent: ErrorCode;
  readonly write: string;
  readonly document: JsonObject;
}

async function ensure(ledger: Ledger, wanted: Wanted): Promise<void> {
  const found = await readOr(ledger, wanted);
  if (found !== undefined && isSame(found, wanted.document)) return;
  await submitWithRetry(
    ledger,
    { fn: wanted.write, document: wanted.document },
    { expectLag: ['NOT_CONFIGURED'] },
  );
}

async function readOr(ledger: Ledger, { read, absent }: Wanted): Promise<JsonObject | undefined> {
  try {
    return await ledger.evaluate(...read);
  } catch (error) {
    if (error instanceof WattlockError && error.code === absent) return undefined;
    throw error;
  }
}

/** Equal but for the stored record's format version. */
function isSame({ v: _version, ...found }: JsonObject, wanted: JsonObject): boolean {
  return canonicalJson(found) === canonicalJson(wanted);
}
