// Confirming the burns of swaps, and swaps as reports show them. A completed swap whose process stopped before it
// posted its receipt is found by the audit of both ledgers.
import {
  formatWh,
  keys,
  type EmbodimentNumber,
  type MspId,
  type SwapId,
  type SwapStage,
} from '@wattlock/core';
import { project, reconcile } from '../audit';
import type { Ledgers } from '../ledger';
import { failedSwap, type FailedSwap } from './attempt';
import type { Course } from './course';
import { confirmBurns, receiptOf, type RefusedReceipt } from './receipts';

/** One swap as reports show it. */
export interface SwapSummary {
  readonly id: SwapId;
  readonly embodiment: EmbodimentNumber;
  readonly outcome: SwapStage;
  readonly lots: number;
  readonly energyWh: string;
}

/** A swap in the form of reports. */
export function summarise({ proposal, stage }: Course): SwapSummary {
  const { agreement, swapId } = proposal;
  return {
    id: swapId,
    embodiment: agreement.embodiment,
    outcome: stage,
    lots: agreement.lots.length,
    energyWh: formatWh(agreement.energyWh),
  };
}

/** Swaps whose receipt was refused, each once, as reports show them. */
export function unconfirmed(...refusals: readonly (readonly RefusedReceipt[])[]): readonly FailedSwap[] {
  const byId = new Map(refusals.flat().map(({ swapId, error }) => [swapId, failedSwap(swapId, error)]));
  return [...byId.values()];
}

/** Confirms the burns that courses saw committed, of those that completed. @returns the receipts that were refused. */
export function confirmCourses(
  certificate: Ledgers['certificate'],
  courses: readonly Course[],
): Promise<readonly RefusedReceipt[]> {
  const receipts = courses.flatMap(({ proposal, stage, burn }) =>
    stage === 'completed' && burn !== undefined ? [receiptOf(proposal.swapId, burn)] : [],
  );
  return confirmBurns(certificate, receipts);
}

/**
 * Confirms the burns of delivered certificates that lack a receipt. Blocks tell which, as the audit reads them: it
 * believes no lock that two organisations of three forged, and none of those keeps it from the others.
 * @param generator whose certificates: a receipt is endorsed by its own generator's organisation.
 * @param seen where the blocks are read: through the peers of those who claimed last, which have all that was claimed.
 * @returns the receipts that were refused.
 */
export async function confirmLeftOver(
  { certificate }: Pick<Ledgers, 'certificate'>,
  generator: MspId,
  seen: Ledgers,
): Promise<readonly RefusedReceipt[]> {
  const projections = await project(seen);
  const { locks } = projections.power.records;
  const receipts = reconcile(projections)
    .exceptions.filter(({ code }) => code === 'BURN_RECEIPT_MISSING')
    .flatMap(({ swapId }) => (swapId === undefined ? [] : [swapId]))
    .filter((swapId) => locks.get(swapId)?.generator.mspId === generator)
    .flatMap((swapId) => {
      const burn = projections.power.historyOf(keys.lock(swapId)).at(-1);
      if (burn === undefined) return [];
      const { blockNumber, transactionId } = burn;
      return [{ swapId, blockNumber, transactionId }];
    });
  return confirmBurns(certificate, receipts);
}
