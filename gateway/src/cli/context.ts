// What a command works with: the chosen home and ledger, opened only when the command asks, and closed after it.
import { join, resolve } from 'node:path';
import type { Language } from '../errors';
import { defaultHomeFolder, type Home, keysWith, ledgerOfHome, openHome } from '../home';
import { openPlatform } from '../home/open-platform';
import type { LedgerChoice, Platform } from '../platform';
import { openProjection, type BlockSources, type Heights, type OpenProjection } from '../audit/project';
import type { PartyKeys, SwapContext } from '../swap';
import type { GlobalInput } from './global-options';
import type { Progress } from './progress';

export interface CommandContext {
  /** Absolute path of the home, whether it exists or not. */
  readonly homeFolder: string;
  /** Whether `--home` or WATTLOCK_HOME named it. */
  readonly homeIsNamed: boolean;
  /** The ledger of each channel: what `--ledger` says, else what the home was made for. */
  readonly ledger: LedgerChoice;
  /** Of hints. */
  readonly language: Language;
  readonly progress: Progress;
  /** The home. @throws HomeError HOME_NOT_FOUND */
  home(): Promise<Home>;
  /** The home's platform. @throws HomeError, LedgerError PLATFORM_DOWN */
  platform(): Promise<Platform>;
  /** Both channels' blocks. @throws HomeError, LedgerError PLATFORM_DOWN */
  blocks(): Promise<BlockSources>;
  /**
   * What both ledgers hold now.
   * @param atLeast heights to wait for: of blocks that hold what this command wrote.
   * @throws HomeError, LedgerError, StoreError
   */
  records(atLeast?: Partial<Heights>): Promise<OpenProjection>;
  /** Where the projection of the ledgers is kept. */
  readonly projectionFile: string;
  /** Certifier and generator, ready to drive swaps: the generator that `platform` is for, by default the home's first. */
  swaps(platform?: Platform): Promise<SwapContext>;
}

/** A context and the end of whatever it opened. */
export interface OpenContext {
  readonly context: CommandContext;
  close(): Promise<void>;
}

/** The home's keys for dealing with a platform's generator; those of the first where it has none of its own. */
function keysOf({ generators, mspIds }: Platform, home: Home): PartyKeys {
  const own = home.generatorKeys[generators.indexOf(mspIds.generator)];
  return own === undefined ? home : keysWith(home, own);
}

/** Every choice of ledgers has one of its own. */
function projectionFile(homeFolder: string, ledger: LedgerChoice): string {
  return join(homeFolder, 'projection', `${ledger.replaceAll(/[^a-z]+/g, '-')}.db`);
}

type Environment = Readonly<Record<string, string | undefined>>;

export async function newContext(
  global: GlobalInput,
  environment: Environment,
  language: Language,
  progress: Progress,
): Promise<OpenContext> {
  const homeFolder = global.home === undefined ? defaultHomeFolder(environment) : resolve(global.home);
  const ledger = global.ledger ?? (await ledgerOfHome(homeFolder));
  let home: Promise<Home> | undefined;
  let platform: Promise<Platform> | undefined;
  const projections: OpenProjection[] = [];
  const context: CommandContext = {
    homeFolder,
    homeIsNamed: global.home !== undefined || Boolean(environment['WATTLOCK_HOME']),
    ledger,
    language,
    progress,
    home: () => (home ??= openHome(homeFolder)),
    platform: () => (platform ??= context.home().then((found) => openPlatform(found, ledger))),
    projectionFile: projectionFile(homeFolder, ledger),
    blocks: async () => (await context.platform()).as('auditor'),
    async records(atLeast) {
      const sources = await context.blocks();
      const opened = await openProjection({
        file: context.projectionFile,
        sources,
        atLeast,
        onProgress: (leg, blocks, height) => {
          progress.say(`${leg}: block ${blocks} of ${height}`);
        },
      });
      projections.push(opened);
      return opened;
    },
    swaps: async (given) => {
      const { newSwapContext } = await import('../swap/index.js');
      const [chosen, keys] = [given ?? (await context.platform()), await context.home()];
      return newSwapContext(chosen, keysOf(chosen, keys));
    },
  };
  return {
    context,
    async close() {
      for (const projection of projections) projection.close();
      // A platform that could not be opened has already said so.
      const opened = await platform?.catch(() => undefined);
      await opened?.close();
    },
  };
}
