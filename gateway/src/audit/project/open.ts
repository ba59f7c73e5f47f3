// Opening a home's projection at the heads that the ledgers have now. One process at a time brings it up; whoever comes
// meanwhile waits until that one has reached the heads, or takes over.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LEGS } from '@wattlock/core';
import { openReader, StoreError, type StoreErrorCode, type StoreReader, type View } from '@wattlock/store';
import { readFacts } from '../../ledger/blocks';
import {
  advance,
  headsOf,
  whatIsBehind,
  type AdvanceOptions,
  type BlockSources,
  type Heights,
  type States,
} from './advance';
import { PROJECTION_FORMAT } from './format';
import { Projection, statesIn } from './projection';
import { openWorkerWriter } from './worker-writer';
import { openWriterHere, type Writer } from './writer';

/** A projection that has what the ledgers had when it was opened, and what came in meanwhile. */
export interface OpenProjection {
  /** Runs synchronous work over one committed state; it may run more than once. @throws StoreError */
  read<T>(work: (view: View) => T): T;
  close(): void;
}

export interface ProjectionOptions extends AdvanceOptions {
  /** Where it is kept; the folder is made. */
  readonly file: string;
  readonly sources: BlockSources;
}

/**
 * Brings the stored projection up to the heads that the ledgers have now, and opens it for reading. Where the file may
 * not be written, the blocks are read into memory instead.
 * @throws LedgerError when a ledger does not answer, StoreError when the file is damaged or the disk full
 */
export async function openProjection(options: ProjectionOptions): Promise<OpenProjection> {
  const heads = await headsOf(options.sources);
  const present = await openPresent(options, heads);
  if (present !== undefined) return present;
  try {
    await bringUp(options, heads);
  } catch (error) {
    if (!isOneOf(error, ['STORE_READONLY'])) throw error;
    return readIntoMemory(options, heads);
  }
  return openReader(options.file, PROJECTION_FORMAT);
}

/** Forgets what was read, and reads both ledgers from their first blocks. @throws as {@link openProjection} */
export async function rebuildProjection(options: ProjectionOptions): Promise<OpenProjection> {
  makeFolder(options.file);
  const writer = await openWriter(options.file, Infinity);
  try {
    await writer.clear(undefined);
    await advance(options.sources, await writer.states(), await headsOf(options.sources), writer, options);
  } finally {
    await writer.close();
  }
  return openReader(options.file, PROJECTION_FORMAT);
}

/** The file as it is, when it has the heads; one that is not there, or older, has not. */
async function openPresent({ file, sources }: ProjectionOptions, heads: Heights): Promise<StoreReader | undefined> {
  const reader = tryReader(file);
  if (reader === undefined) return undefined;
  const states = reader.read(statesIn);
  if (isUpTo(states, heads) && (await whatIsBehind(sources, states)).is === 'same') return reader;
  reader.close();
  return undefined;
}

function tryReader(file: string): StoreReader | undefined {
  try {
    return openReader(file, PROJECTION_FORMAT);
  } catch (error) {
    if (isOneOf(error, ['STORE_MISSING', 'STORE_OLDER', 'STORE_FOREIGN'])) return undefined;
    throw error;
  }
}

const isUpTo = (states: States, heads: Heights): boolean =>
  LEGS.every((leg) => states[leg].height >= heads[leg]);

const isOneOf = (error: unknown, codes: readonly StoreErrorCode[]): boolean =>
  error instanceof StoreError && codes.includes(error.code);

const PAUSE_MS = 20;
/** The longest that another process may take over one batch. */
const STANDSTILL_MS = 60_000;

/** Writes what the file lacks, or waits for whoever writes it. */
async function bringUp(options: ProjectionOptions, heads: Heights): Promise<void> {
  makeFolder(options.file);
  let seen = '';
  let since = performance.now();
  for (;;) {
    const writer = await tryWriter(options.file, lackOf(options.file, heads));
    if (writer !== undefined) {
      await write(options, heads, writer);
      return;
    }
    const states = tryReader(options.file)?.read(statesIn);
    if (states !== undefined && isUpTo(states, heads)) return;
    const now = JSON.stringify(states);
    if (now !== seen) [seen, since] = [now, performance.now()];
    else if (performance.now() - since > STANDSTILL_MS) throw new StoreError('STORE_BUSY', options.file);
    await sleep(PAUSE_MS);
  }
}

/** More blocks than this are worth a worker, whose start costs as much as some dozens of them: nothing else waits then. */
const FEW_BLOCKS = 100;

/** @param blocks about how many are to come. @throws StoreError, STORE_BUSY when another writes */
function openWriter(file: string, blocks: number): Promise<Writer> {
  return blocks > FEW_BLOCKS ? openWorkerWriter(file) : Promise.resolve().then(() => openWriterHere(file));
}

/** How many blocks the file lacks. */
function lackOf(file: string, heads: Heights): number {
  const reader = tryReader(file);
  const states = reader?.read(statesIn);
  reader?.close();
  return LEGS.reduce((sum, leg) => sum + heads[leg] - (states?.[leg].height ?? 0), 0);
}

async function tryWriter(file: string, blocks: number): Promise<Writer | undefined> {
  try {
    return await openWriter(file, blocks);
  } catch (error) {
    if (isOneOf(error, ['STORE_BUSY'])) return undefined;
    throw error;
  }
}

async function write(options: ProjectionOptions, heads: Heights, writer: Writer): Promise<void> {
  const { sources } = options;
  try {
    const behind = await whatIsBehind(sources, await writer.states());
    if (behind.is !== 'same') await writer.clear(behind.is === 'cut' ? behind.losses : undefined);
    await advance(sources, await writer.states(), heads, writer, options);
  } finally {
    await writer.close();
  }
}

/** @throws StoreError STORE_READONLY, so that a folder that may not be made is as good as a file that may not be written */
function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError('STORE_READONLY', file, error instanceof Error ? error.message : '', error);
  }
}

async function readIntoMemory(options: ProjectionOptions, heads: Heights): Promise<OpenProjection> {
  const projection = Projection.inMemory();
  try {
    const sink = {
      apply: (leg: keyof Heights, blocks: readonly Uint8Array[]) => {
        projection.apply(leg, blocks.map(readFacts));
        return Promise.resolve();
      },
    };
    await advance(options.sources, projection.states(), heads, sink, options);
    return { read: (work) => work(projection.view), close: () => projection.close() };
  } catch (error) {
    projection.close();
    throw error;
  }
}
