// The audit's edge: reads the blocks of both ledgers and reconciles what they hold. Nothing is asked of a contract and
// no key is needed but what the ledgers ask of a reader; any member's peer, or the auditor's, gives the same answer.
import { LEGS, type Leg } from '@wattlock/core';
import type { BlockFacts } from '../ledger/blocks';
import { advance, type AdvanceOptions } from './project/advance';
import { headsOf, type BlockSources, type Heights } from './project/heads';
import { Projection } from './project/projection';
import type { Period } from './project';
import { sinkInto } from './project/writer';
import { reconcile, type ReconcileReport } from './report';

/** Reconciles blocks that are at hand; of each channel from its first. */
export function auditBlocks(
  blocks: Readonly<Record<Leg, readonly BlockFacts[]>>,
  period: Period = {},
): ReconcileReport {
  const projection = Projection.inMemory();
  try {
    for (const leg of LEGS) projection.apply(leg, blocks[leg]);
    return reconcile(projection.view, period);
  } finally {
    projection.close();
  }
}

export interface AuditOptions extends AdvanceOptions, Period {
  /** How many blocks of each channel are read; default those that there are. */
  readonly until?: Partial<Heights> | undefined;
}

/**
 * Reads both ledgers from their first block, keeps nothing, and reconciles them.
 * @throws LedgerError when a ledger does not answer.
 */
export async function auditPlatform(
  sources: BlockSources,
  { until, from, to, ...options }: AuditOptions = {},
): Promise<ReconcileReport> {
  const projection = Projection.inMemory();
  try {
    const heights = { ...(await headsOf(sources)), ...until };
    await advance(sources, projection.states(), heights, sinkInto(projection), options);
    return reconcile(projection.view, { from, to });
  } finally {
    projection.close();
  }
}
