// Proposing swaps: which lots go together, under which terms, with which deadlines.
import { randomBytes } from 'node:crypto';
import {
  deadlinesFrom,
  EMBODIMENTS,
  sumWh,
  swapIdOf,
  type AgreedLot,
  type Agreement,
  type EmbodimentNumber,
  type Milliseconds,
  type SwapId,
  type ValueType,
} from '@wattlock/core';
import type { SwapContext } from './party';
import { sealAgreement } from './secret';

/** Time lock of the leg locked second; the first has twice that. */
export const DEFAULT_SECOND_TIMEOUT_MS = (24 * 60 * 60 * 1000) as Milliseconds;

export interface Terms {
  readonly embodiment: EmbodimentNumber;
  readonly valueTypes: readonly ValueType[];
  readonly secondTimeoutMs: Milliseconds;
}

export interface Proposal {
  readonly swapId: SwapId;
  readonly agreement: Agreement;
}

/** Draws up the agreement for a set of lots and seals it with a secret of its holder. */
export function propose(context: SwapContext, lots: readonly AgreedLot[], terms: Terms): Proposal {
  const { parties, parameters, clock } = context;
  const row = EMBODIMENTS[terms.embodiment];
  const deadlines = deadlinesFrom(row, clock.now(), terms.secondTimeoutMs);
  const agreement = sealAgreement(parties[row.secretHolder].seed, {
    v: 1,
    embodiment: terms.embodiment,
    generator: parties.generator.account.id,
    certifier: parties.certifier.account.id,
    lots: [...lots].sort((a, b) => (a.id < b.id ? -1 : 1)),
    energyWh: sumWh(lots.map((lot) => lot.energyWh)),
    valueTypes: [...terms.valueTypes].sort(),
    power: { ...parameters.power, deadline: deadlines.power },
    certificate: { ...parameters.certificate, deadline: deadlines.certificate },
    guardMs: parameters.guardMs,
    issuanceForm: 'mint',
    burnForm: 'subtract',
    nonce: randomBytes(16).toString('hex'),
  });
  return { swapId: swapIdOf(agreement), agreement };
}

/** Cuts a list into bundles of at most `size`, in order. */
export function bundle<T>(items: readonly T[], size: number): (readonly T[])[] {
  const bundles: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size) bundles.push(items.slice(start, start + size));
  return bundles;
}
