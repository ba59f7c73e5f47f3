// Opens both channels of a home for their blocks alone: what an audit, a report or a projection is made from.
// An embedded channel is read from its file without a key, also where only reading is allowed; one on real peers through
// the auditor's client, or else that of any organisation whose key is here.
import type { Leg, MspId } from '@wattlock/core';
import { openEmbeddedReader, type EmbeddedReader } from '@wattlock/embedded/reader';
import { LedgerError } from '../ledger';
import type { BlockSource, Checkpoint } from '../ledger/blocks';
import { toLedgerError } from '../ledger/embedded';
import { CHANNELS, LEDGER_CHOICES, type LedgerChoice, type LedgerKind } from '../platform';
import type { Home } from './settings';
import { channelFile, networkFolder } from './places';

/** Both channels' blocks. */
export interface BlockSources extends Readonly<Record<Leg, BlockSource>> {
  /** Whose client reads each channel; null where none is needed. */
  readonly readAs: Readonly<Record<Leg, MspId | null>>;
  close(): Promise<void>;
}

type Place = Pick<Home, 'folder' | 'layout' | 'ledgerFolder'>;

/**
 * Opens the blocks of both channels. A file's blocks end with the last that is committed; those of real peers go on
 * until `until`, or until aborted.
 * @throws LedgerError PLATFORM_DOWN when there is no such ledger; StoreError when a file cannot be read;
 * KeyError KEY_NOT_HERE on real peers without any client
 */
export async function openBlockSources(home: Place, ledger: LedgerChoice): Promise<BlockSources> {
  const kinds = {
    embedded: () => Promise.resolve(openFiles(home, ledger)),
    fabric: () => openPeers(home),
  } satisfies Record<LedgerKind, () => Promise<Opened>>;
  const opened = new Map<LedgerKind, Opened>();
  const close = async (): Promise<void> => {
    for (const each of opened.values()) await each.close();
  };
  const open = async (leg: Leg): Promise<OpenSource> => {
    const kind = LEDGER_CHOICES[ledger][leg];
    const channels = opened.get(kind) ?? (await kinds[kind]());
    opened.set(kind, channels);
    return channels.open(leg);
  };
  try {
    const power = await open('power');
    const certificate = await open('certificate');
    return { power, certificate, readAs: { power: power.mspId, certificate: certificate.mspId }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A channel's blocks, and whose client reads them. */
interface OpenSource extends BlockSource {
  readonly mspId: MspId | null;
}

/** One kind of ledger, from which channels are opened. */
interface Opened {
  readonly open: (leg: Leg) => OpenSource;
  readonly close: () => Promise<void>;
}

async function openPeers(home: Place): Promise<Opened> {
  const { openFabricNetwork } = await import('../platform/open-network.js');
  const platform = await openFabricNetwork(networkFolder(home));
  return { open: (leg) => platform.forReading()[leg], close: () => platform.close() };
}

function openFiles(home: Place, ledger: LedgerChoice): Opened {
  const closers: (() => void)[] = [];
  return {
    open(leg) {
      const file = channelFile(home, ledger, leg);
      const reader = explained(file, () => openEmbeddedReader(file));
      closers.push(() => {
        reader.close();
      });
      return sourceIn(file, reader, CHANNELS[leg]);
    },
    close() {
      for (const close of closers) close();
      return Promise.resolve();
    },
  };
}

function sourceIn(file: string, reader: EmbeddedReader, channel: string): OpenSource {
  const head = (): Promise<Checkpoint> =>
    Promise.resolve().then(() => explained(file, () => headOf(reader, channel)));
  return {
    mspId: null,
    height: async () => (await head()).height,
    head,
    // eslint-disable-next-line @typescript-eslint/require-await -- the port's form; a file is read without waiting
    async *blocks(from, { until, signal } = {}) {
      const blocks = reader.blocks(channel, from, until)[Symbol.iterator]();
      for (let next = explained(file, () => blocks.next()); next.done !== true;) {
        if (signal?.aborted === true) return;
        yield next.value;
        next = explained(file, () => blocks.next());
      }
    },
  };
}

/** Block 0, the configuration, is there from the beginning: without it there is no such channel. */
function headOf(reader: EmbeddedReader, channel: string): Checkpoint {
  const found = reader.heads().find((head) => head.channel === channel);
  return { height: found?.height ?? 0, head: Buffer.from(found?.hash ?? []).toString('hex') };
}

/** Errors in the port's terms. A file that is not there is a ledger that nobody has begun. */
function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'STORE_MISSING';
    if (!isMissing) throw toLedgerError(error);
    throw new LedgerError('PLATFORM_DOWN', `There is no embedded ledger in ${file}`, { cause: error });
  }
}
