// What is left to do on both channels, whoever has to do it: swaps with an open lock, and delivered certificates whose
// burn receipt is missing.
import {
  LEGS,
  stageOf,
  type AgreedLock,
  type Leg,
  type Milliseconds,
  type SwapId,
  type SwapStage,
  type EpochMs,
} from '@wattlock/core';
import { contractOf } from '../contracts';
import type { Ledger, Ledgers } from '../ledger';
import { lockOrNone } from './course';
import { outlookOf, type Outlook } from './outlook';

/** A swap with an open lock. */
export interface OpenSwap {
  readonly swapId: SwapId;
  readonly agreement: AgreedLock['agreement'];
  readonly stage: SwapStage;
  readonly outlook: Outlook;
}

/** Every swap with an open lock on either channel. */
export async function openSwaps(
  ledgers: Ledgers,
  now: EpochMs,
  marginMs: Milliseconds,
): Promise<readonly OpenSwap[]> {
  const [power, certificate] = await Promise.all(LEGS.map((leg) => openLocks(ledgers[leg])));
  const known = { power: byId(power), certificate: byId(certificate) };
  const ids = new Set([...known.power.keys(), ...known.certificate.keys()]);
  return Promise.all(
    [...ids].map(async (swapId) => {
      const locks = await locksOf(ledgers, known, swapId);
      const { agreement } = (locks.power ?? locks.certificate) as AgreedLock;
      const outlook = outlookOf({ agreement, locks }, now, marginMs);
      return { swapId, agreement, stage: stageOf({ locks }), outlook };
    }),
  );
}

type Locks = Partial<Record<Leg, AgreedLock>>;

/** The lock that is not open may be closed or absent, so it is asked for. */
async function locksOf(
  ledgers: Ledgers,
  known: Readonly<Record<Leg, ReadonlyMap<SwapId, AgreedLock>>>,
  swapId: SwapId,
): Promise<Locks> {
  const found: Locks = {};
  for (const leg of LEGS) {
    const lock = known[leg].get(swapId) ?? (await lockOrNone(ledgers[leg], swapId));
    if (lock !== undefined) found[leg] = lock;
  }
  return found;
}

async function openLocks(ledger: Ledger): Promise<readonly AgreedLock[]> {
  return (await contractOf(ledger).evaluate.ListLocks({ state: 'OPEN' })).locks;
}

const byId = (locks: readonly AgreedLock[] = []): ReadonlyMap<SwapId, AgreedLock> =>
  new Map(locks.map((lock) => [lock.swapId, lock]));

/** Swaps that completed and whose certificate nobody can use yet: their burn receipt is missing. */
export async function swapsWithoutReceipt({ power, certificate }: Ledgers): Promise<readonly SwapId[]> {
  const { certificates } = await contractOf(certificate).evaluate.ListCertificates({ states: ['delivered'] });
  const waiting = new Set(certificates.flatMap(({ usable, lockedBy }) => (usable ? [] : (lockedBy ?? []))));
  const burned = await Promise.all(
    [...waiting].map(async (swapId) => {
      const lock = await lockOrNone(power, swapId);
      return lock?.state === 'EXECUTED' ? [swapId] : [];
    }),
  );
  return burned.flat();
}
