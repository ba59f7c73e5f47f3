// Makes a platform ready: channel parameters and accounts on both channels. Asking twice changes nothing.
import {
  canonicalJson,
  LEGS,
  WattlockError,
  writeParameters,
  type ErrorCode,
  type JsonObject,
  type Leg,
  type MspId,
} from '@wattlock/core';
import type { OrganisationRole } from './members';
import type { ChannelLimits, Platform } from './platform';
import type { Ledger } from '../ledger';
import { submitWithRetry } from '../ledger/transactions';
import type { AccountSigner } from '../identity';
import { parametersOf } from './limits';

/** What a platform is configured with: a home has both. */
export interface Configuration {
  readonly accounts: Readonly<Record<OrganisationRole, AccountSigner>>;
  /** One account for each generator organisation, in the platform's order; default the one among `accounts`. */
  readonly generatorKeys?: readonly { readonly account: AccountSigner }[];
  readonly limits: ChannelLimits;
}

/**
 * Configures both channels and registers all accounts on both, skipping what is already so.
 * @throws WattlockError ACCOUNT_CONFLICT when an account is registered with another key.
 */
export async function configurePlatform(platform: Platform, configuration: Configuration): Promise<void> {
  await Promise.all(LEGS.map((leg) => configureChannel(platform, leg, configuration)));
}

async function configureChannel(platform: Platform, leg: Leg, configuration: Configuration): Promise<void> {
  await ensureParameters(platform, leg, configuration.limits);
  for (const holder of holders(platform, configuration)) {
    await ensureAccount(holder.view.as('certifier')[leg], holder);
  }
}

/** What one organisation does of this, with its own client: each registers its account, the certifier sets parameters. */
export interface OwnConfiguration {
  readonly role: OrganisationRole;
  readonly account: AccountSigner;
  readonly limits: ChannelLimits;
}

/**
 * Does an organisation's part on both channels, skipping what is already so.
 * @throws WattlockError NOT_CONFIGURED before the certifier has done its part, ACCOUNT_CONFLICT
 */
export async function configureOwnPart(platform: Platform, own: OwnConfiguration): Promise<void> {
  const { role, account, limits } = own;
  await Promise.all(
    LEGS.map(async (leg) => {
      if (role === 'certifier') await ensureParameters(platform, leg, limits);
      await ensureAccount(platform.as(role)[leg], { role, account, view: platform });
    }),
  );
}

async function ensureParameters(platform: Platform, leg: Leg, limits: ChannelLimits): Promise<void> {
  await ensure(platform.as('certifier')[leg], {
    read: ['ReadParameters', {}],
    absent: 'NOT_CONFIGURED',
    write: 'Configure',
    document: writeParameters(parametersOf(platform, limits)),
    endorsers: allParties(platform),
  });
}

async function ensureAccount(ledger: Ledger, { role, account: { id, key }, view }: Holder): Promise<void> {
  await ensure(ledger, {
    read: ['ReadAccount', { id }],
    absent: 'ACCOUNT_NOT_FOUND',
    write: 'RegisterAccount',
    document: { id, role, mspId: view.mspIds[role], key: { ...key } },
  });
}

/** Who must agree to what holds for everybody: the certifier and every generator. */
export function allParties({ mspIds, generators }: Platform): readonly MspId[] {
  return [mspIds.certifier, ...generators];
}

/** An account to register, and the platform as its organisation has it. */
interface Holder {
  readonly role: OrganisationRole;
  readonly account: AccountSigner;
  readonly view: Platform;
}

/** Every account that a configuration registers. */
export function holders(platform: Platform, { accounts, generatorKeys }: Configuration): readonly Holder[] {
  const { certifier, generator, auditor } = accounts;
  const generators = generatorKeys ?? [{ account: generator }];
  return [
    { role: 'certifier', account: certifier, view: platform },
    ...platform.generators.flatMap((mspId, i) => {
      const keys = generators[i];
      const view = platform.withGenerator(mspId);
      return keys === undefined ? [] : [{ role: 'generator', account: keys.account, view } as const];
    }),
    { role: 'auditor', account: auditor, view: platform },
  ];
}

interface Wanted {
  readonly read: readonly [fn: string, document: JsonObject];
  /** What reading is refused with when nothing is there. */
  readonly absent: ErrorCode;
  readonly write: string;
  readonly document: JsonObject;
  /** Default: the ledger's. */
  readonly endorsers?: readonly MspId[];
}

async function ensure(ledger: Ledger, wanted: Wanted): Promise<void> {
  const found = await readOr(ledger, wanted);
  if (found !== undefined && isSame(found, wanted.document)) return;
  await submitWithRetry(
    ledger,
    { fn: wanted.write, document: wanted.document, ...(wanted.endorsers && { endorsers: wanted.endorsers }) },
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
