// Swaps as both ledgers show them: the two locks of each, joined by the swap's id.
import {
  fail,
  formatWh,
  LEGS,
  readAgreedLock,
  stageOf,
  type AgreedLock,
  type BurnForm,
  type IssuanceForm,
  type JsonObject,
  type Leg,
  type SwapId,
  type SwapStage,
  WattlockError,
} from '@wattlock/core';
import type { Ledger, Ledgers } from '../ledger';
import type { SwapSummary } from '../swap';
import { withoutVersion } from './records';
import {
  burnedOutputs,
  transactionsOfSwap,
  type BurnedOutput,
  type ShownTransaction,
} from './swap-transactions';

type LocksOf = Partial<Record<Leg, AgreedLock>>;

export interface SwapList {
  /** Every swap with a lock on either channel that is to be believed, oldest first. */
  readonly swaps: readonly SwapSummary[];
  /** Locks that are not, since two organisations wrote them alone; the audit tells what is wrong with each. */
  readonly forged: readonly ForgedLock[];
}

export interface ForgedLock {
  readonly channel: Leg;
  readonly id: SwapId;
}

/** Every swap with a lock on either channel. */
export async function listSwaps(ledgers: Ledgers): Promise<SwapList> {
  const swaps = new Map<SwapId, LocksOf>();
  const forged: ForgedLock[] = [];
  for (const channel of LEGS) {
    const answer = await ledgers[channel].evaluate('ListLocks', {});
    for (const stored of answer['locks'] as readonly JsonObject[]) {
      const lock = readAgreedLock(stored);
      swaps.set(lock.swapId, { ...swaps.get(lock.swapId), [channel]: lock });
    }
    forged.push(...(answer['forged'] as readonly SwapId[]).map((id) => ({ channel, id })));
  }
  const oldestFirst = [...swaps.values()].sort((a, b) => begunAt(a) - begunAt(b));
  return { swaps: oldestFirst.map(summaryOf), forged };
}

function begunAt({ power, certificate }: LocksOf): number {
  return Math.min(power?.lockedAt ?? Infinity, certificate?.lockedAt ?? Infinity);
}

/** A swap with all that is recorded of it. */
export interface SwapReport extends SwapSummary {
  readonly agreement: StoredAgreement;
  /** The locks as they are stored; null where there is none. */
  readonly locks: Readonly<Record<Leg, StoredLock | null>>;
  /** Of the output form, in the order of lock, refund and claim; none in the account form. */
  readonly transactions: readonly ShownTransaction[];
  readonly burned: readonly BurnedOutput[];
}

/** An agreement in its wire form, with what the command line shows of it by name. */
export interface StoredAgreement extends JsonObject {
  readonly generator: string;
  readonly certifier: string;
  readonly lots: readonly { readonly id: string; readonly energyWh: string }[];
  readonly burnForm: BurnForm;
  readonly issuanceForm: IssuanceForm;
}

export type StoredLock = Pick<AgreedLock, 'state' | 'lockedAt' | 'closing'>;

/** @throws WattlockError LOCK_NOT_FOUND when neither channel has a lock of this swap. */
export async function showSwap(ledgers: Ledgers, swapId: SwapId): Promise<SwapReport> {
  const [power, certificate] = await Promise.all([
    lockOrNull(ledgers.power, swapId),
    lockOrNull(ledgers.certificate, swapId),
  ]);
  const stored = power ?? certificate;
  if (stored === null) fail('LOCK_NOT_FOUND', { swapId });
  const locks = {
    ...(power && { power: readAgreedLock(power) }),
    ...(certificate && { certificate: readAgreedLock(certificate) }),
  };
  const agreement = stored['agreement'] as StoredAgreement;
  const states = { power: locks.power?.state, certificate: locks.certificate?.state };
  return {
    ...summaryOf(locks),
    agreement,
    locks: { power: shown(power), certificate: shown(certificate) },
    transactions: await transactionsOfSwap(ledgers, swapId, states),
    burned: burnedOutputs(agreement, swapId, states.power),
  };
}

async function lockOrNull(ledger: Ledger, swapId: SwapId): Promise<JsonObject | null> {
  try {
    return await ledger.evaluate('ReadLock', { swapId });
  } catch (error) {
    if (error instanceof WattlockError && error.code === 'LOCK_NOT_FOUND') return null;
    throw error;
  }
}

function summaryOf(locks: LocksOf): SwapSummary {
  const { agreement, swapId } = (locks.power ?? locks.certificate) as AgreedLock;
  const outcome: SwapStage = stageOf({ locks });
  return {
    id: swapId,
    embodiment: agreement.embodiment,
    outcome,
    lots: agreement.lots.length,
    energyWh: formatWh(agreement.energyWh),
  };
}

/** The agreement stands once, beside the locks. */
function shown(lock: JsonObject | null): StoredLock | null {
  if (lock === null) return null;
  const { agreement: _agreement, ...rest } = withoutVersion(lock);
  return rest as unknown as StoredLock;
}
