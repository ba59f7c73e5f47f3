// Bringing a projection up to the ledgers: reads the heads that they have now, and applies what it lacks, batch by batch.
import { LEGS, type Leg } from '@wattlock/core';
import { readFacts, type BlockSource } from '../../ledger/blocks';
import { exception, type AuditException } from '../checks/exceptions';
import type { ChannelState } from './projection';

/** Both channels' blocks. */
export type BlockSources = Readonly<Record<Leg, BlockSource>>;

export type Heights = Readonly<Record<Leg, number>>;
export type States = Readonly<Record<Leg, ChannelState>>;

/**
 * The certificate channel's height first: whatever was delivered by then was burned or locked by the power channel's,
 * so a swap that moves on between the two calls never looks like a certificate without its burn.
 */
export async function headsOf(sources: BlockSources): Promise<Heights> {
  const certificate = await sources.certificate.height();
  return { certificate, power: await sources.power.height() };
}

/** What is behind a projection: the ledgers it was read from, gone on; or others. */
export type Behind =
  | { readonly is: 'same' }
  /** Another ledger, of which nothing was read yet. */
  | { readonly is: 'another' }
  /** The same ledger, cut back or with other blocks in place of those that were read. */
  | { readonly is: 'cut'; readonly losses: readonly AuditException[] };

/** Whether what was read is still what the ledgers hold; a hash chain's last link tells for all before it. */
export async function whatIsBehind(sources: BlockSources, states: States): Promise<Behind> {
  const losses: AuditException[] = [];
  for (const leg of LEGS) {
    const { height, head, genesis } = states[leg];
    if (height === 0 || (await hashOf(sources[leg], height - 1)) === head) continue;
    if ((await hashOf(sources[leg], 0)) !== genesis) return { is: 'another' };
    const reason = `this block was read as ${head} and is gone, or another now`;
    losses.push(exception('CHAIN_BROKEN', { channel: leg, blockNumber: height - 1, reason }));
  }
  return losses.length === 0 ? { is: 'same' } : { is: 'cut', losses };
}

async function hashOf(source: BlockSource, number: number): Promise<string | undefined> {
  if ((await source.height()) <= number) return undefined;
  for await (const bytes of source.blocks(number, { until: number + 1 })) return readFacts(bytes).hash;
  return undefined;
}

/** Where batches go: applied here, or in a worker. */
export interface Sink {
  /** Resolves when the batch is in the file; batches of both channels come in order. */
  apply(leg: Leg, blocks: readonly Uint8Array[]): Promise<void>;
}

export interface AdvanceOptions {
  /** Called after every batch. */
  readonly onProgress?: ((leg: Leg, blocks: number, height: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Large enough that a transaction's own cost vanishes, small enough that a killed process loses little. */
const BATCH_BLOCKS = 250;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Applies what lies between the states and the heights; the power channel first, for the reason of {@link headsOf}. */
export async function advance(
  sources: BlockSources,
  states: States,
  heights: Heights,
  sink: Sink,
  { onProgress, signal }: AdvanceOptions = {},
): Promise<void> {
  for (const leg of LEGS) {
    const until = heights[leg];
    let height = states[leg].height;
    if (height >= until) continue;
    let pending: Promise<void> = Promise.resolve();
    for await (const batch of batches(sources[leg].blocks(height, { until, ...(signal && { signal }) }))) {
      // One batch is applied while the next is read.
      await pending;
      pending = sink.apply(leg, batch);
      // Thrown where it is awaited; until then it is no unhandled rejection.
      pending.catch(() => undefined);
      height += batch.length;
      onProgress?.(leg, height, until);
    }
    await pending;
  }
}

async function* batches(blocks: AsyncIterable<Uint8Array>): AsyncIterable<readonly Uint8Array[]> {
  let batch: Uint8Array[] = [];
  let bytes = 0;
  for await (const block of blocks) {
    batch.push(block);
    bytes += block.byteLength;
    if (batch.length < BATCH_BLOCKS && bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}
