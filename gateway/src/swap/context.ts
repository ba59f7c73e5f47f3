// A swap context for a platform with the keys of both parties: the development home's.
import { canonicalJson, writeParameters, type Parameters, type Party } from '@wattlock/core';
import { contractOf } from '../contracts';
import type { KeyError } from '../identity';
import type { Platform } from '../platform';
import type { Ledger } from '../ledger';
import type { PartySigner, SwapContext } from './party';
import { StockRoom } from './stock';

/** The accounts and seeds of both parties. */
export interface PartyKeys {
  readonly accounts: Readonly<Record<Party, PartySigner>>;
  readonly seeds: Readonly<Record<Party, Uint8Array>>;
}

/**
 * @param unfitKey that the keys are not those that the channels know
 * @throws WattlockError NOT_CONFIGURED when the channel has no parameters yet.
 */
export async function newSwapContext(
  platform: Platform,
  keys: PartyKeys,
  unfitKey?: KeyError,
): Promise<SwapContext> {
  const party = (role: Party): SwapContext['parties'][Party] => ({
    account: keys.accounts[role],
    ledgers: platform.as(role),
    seed: keys.seeds[role],
  });
  const { power, certificate } = platform.as('certifier');
  const [parameters, others] = await Promise.all([channelParameters(power), channelParameters(certificate)]);
  const differing = firstDifference(parameters, others);
  return {
    parties: { certifier: party('certifier'), generator: party('generator') },
    auditor: parameters.roles.auditor,
    parameters,
    ...(differing !== undefined && { differing }),
    ...(unfitKey !== undefined && { unfitKey }),
    clock: platform,
    entropy: platform.entropy,
    telemetry: power.telemetry,
    stock: new StockRoom(certificate, others),
  };
}

function firstDifference(some: Parameters, others: Parameters): string | undefined {
  const [a, b] = [writeParameters(some), writeParameters(others)];
  return Object.keys(a).find((name) => canonicalJson({ is: a[name] }) !== canonicalJson({ is: b[name] }));
}

/** The parameters a channel is configured with. @throws WattlockError NOT_CONFIGURED */
export async function channelParameters(ledger: Ledger): Promise<Parameters> {
  return contractOf(ledger).evaluate.ReadParameters({});
}
