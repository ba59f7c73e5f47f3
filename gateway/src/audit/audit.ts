// The audit's edge: reads the blocks of both ledgers up to their present height and reconciles what they hold.
// Nothing is asked of a contract; any member's peer, or the auditor's, gives the same answer.
import { LEGS, type Leg } from '@wattlock/core';
import { parseBlock, type ParsedBlock } from '../ledger/blocks';
import type { Ledger } from '../ledger';
import type { BlockFacts, WriteFacts } from './facts';
import { ChannelProjection } from './projection';
import { reconcile, type ReconcileReport } from './reconcile';
import type { BothProjections } from './swaps';

/** All that an audit asks of a ledger. */
type Blocks = Readonly<Record<Leg, Pick<Ledger, 'height' | 'blocks'>>>;

export interface AuditOptions {
  /** Called after every block. */
  readonly onProgress?: (leg: Leg, blocks: number, height: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads both ledgers from their first block and reconciles them.
 * @throws LedgerError when a ledger does not answer.
 */
export async function auditPlatform(ledgers: Blocks, options: AuditOptions = {}): Promise<ReconcileReport> {
  return reconcile(await project(ledgers, options));
}

/** The projections of both channels as they stand now. */
export async function project(ledgers: Blocks, options: AuditOptions = {}): Promise<BothProjections> {
  const heights = await snapshot(ledgers);
  const [power, certificate] = await Promise.all(
    LEGS.map((leg) => projectChannel(leg, ledgers[leg], heights[leg], options)),
  );
  return { power, certificate } as BothProjections;
}

/**
 * The certificate channel's height first: whatever was delivered by then was burned or locked by the power channel's,
 * so a swap that moves on between the two calls never looks like a certificate without its burn.
 */
async function snapshot(ledgers: Blocks): Promise<Readonly<Record<Leg, number>>> {
  const certificate = await ledgers.certificate.height();
  return { certificate, power: await ledgers.power.height() };
}

async function projectChannel(
  leg: Leg,
  ledger: Blocks[Leg],
  height: number,
  { onProgress, signal }: AuditOptions,
): Promise<ChannelProjection> {
  const projection = new ChannelProjection(leg);
  for await (const bytes of ledger.blocks(0, { until: height, ...(signal && { signal }) })) {
    projection.apply(factsOf(parseBlock(bytes)));
    onProgress?.(leg, projection.height, height);
  }
  return projection;
}

const VALID = 0;

/** What the audit takes from a parsed block. */
export function factsOf(block: ParsedBlock): BlockFacts {
  return {
    number: block.number,
    hash: block.headerHash,
    previousHash: block.previousHash,
    dataIntact: block.dataHash === block.computedDataHash,
    transactions: block.transactions.map(({ id, timestamp, validationCode, fn, args, writes }) => ({
      transactionId: id,
      at: timestamp,
      valid: validationCode === VALID,
      ...(fn === 'Cancel' && args !== null && { cancellation: args }),
      writes: writes.map(({ namespace, key, value }): WriteFacts => ({
        chaincode: namespace,
        key,
        ...(value !== null && { value }),
      })),
    })),
  };
}
