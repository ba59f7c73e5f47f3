// Opens a platform whose two channels are embedded ledgers, in one file or one each, for all three organisations.
import { certificateContracts } from '@wattlock/certificate';
import { LEGS, type EpochMs, type Leg, type MspId } from '@wattlock/core';
import {
  EmbeddedLedger,
  ManualClock,
  systemClock,
  type BlockCut,
  type Clock,
  type EmbeddedFaults,
} from '@wattlock/embedded';
import type { Identity } from '@wattlock/msp';
import { powerInfoContracts } from '@wattlock/power-info';
import { probeContracts } from '@wattlock/probe';
import { parseStatuses } from './block';
import { newCommitWatch, type CommitWatch } from './commit-watch';
import { DEFAULT_DEADLINES, type Deadlines } from './deadlines';
import { toLedgerError, type Channel } from './embedded/channel';
import { newEmbeddedLedger } from './embedded/ledger';
import { CHAINCODES, CHANNELS, PROBE_CHAINCODE } from './names';
import type { OrganisationRole, Platform } from './platform';
import type { Ledger, Ledgers } from './port';
import { newClient, type Client } from './proposal';
import { reach } from './reach';

/** An organisation of an embedded platform, with its client's and its endorser's keys. */
export interface EmbeddedOrganisation {
  readonly mspId: MspId;
  readonly caCertificatePem: string;
  readonly client: Identity;
  readonly endorser: Identity;
}

export interface EmbeddedPlatformOptions {
  readonly organisations: Readonly<Record<OrganisationRole, EmbeddedOrganisation>>;
  readonly orderer: Identity;
  /** Where each channel is kept: the same path, two paths, or `:memory:`. */
  readonly files: Readonly<Record<Leg, string>>;
  readonly clock?: Clock;
  readonly cut?: BlockCut;
  readonly faults?: EmbeddedFaults;
  readonly deadlines?: Deadlines;
}

/** @throws LedgerError PLATFORM_DOWN when a file is open elsewhere or cannot be read. */
export async function openEmbeddedPlatform(options: EmbeddedPlatformOptions): Promise<Platform> {
  const clock = options.clock ?? systemClock;
  const opened = await openFiles(options, clock);
  const watches: Record<Leg, CommitWatch> = {
    power: watch(opened.channel('power')),
    certificate: watch(opened.channel('certificate')),
  };
  const now = (): EpochMs => clock.now() as EpochMs;
  const { organisations } = options;
  const endorsers = [organisations.certifier.mspId, organisations.generator.mspId];
  const ledgerOf = (client: Client, leg: Leg): Ledger =>
    newEmbeddedLedger({
      leg,
      name: CHANNELS[leg],
      chaincode: CHAINCODES[leg],
      channel: opened.channel(leg),
      client,
      endorsers,
      commits: watches[leg],
      now,
      deadlines: options.deadlines ?? DEFAULT_DEADLINES,
    });
  const ledgersOf = (role: OrganisationRole): Ledgers => {
    const client = newClient(organisations[role].client);
    return { power: ledgerOf(client, 'power'), certificate: ledgerOf(client, 'certificate') };
  };
  const byRole = new Map<OrganisationRole, Ledgers>();
  return {
    kind: 'embedded',
    mspIds: {
      certifier: organisations.certifier.mspId,
      generator: organisations.generator.mspId,
      auditor: organisations.auditor.mspId,
    },
    as(role) {
      const ledgers = byRole.get(role) ?? ledgersOf(role);
      byRole.set(role, ledgers);
      return ledgers;
    },
    now,
    until: (instant) => (clock instanceof ManualClock ? moveTo(clock, instant) : reach(instant, now)),
    close() {
      for (const leg of LEGS) watches[leg].close();
      return opened.close();
    },
  };
}

function moveTo(clock: ManualClock, instant: EpochMs): Promise<void> {
  if (clock.now() < instant) clock.set(instant);
  return Promise.resolve();
}

interface OpenFiles {
  channel(leg: Leg): Channel;
  close(): Promise<void>;
}

/** One ledger for both legs when they share a path, else one each. Two in memory are one as well. */
async function openFiles(options: EmbeddedPlatformOptions, clock: Clock): Promise<OpenFiles> {
  const { power, certificate } = options.files;
  const groups: readonly (readonly Leg[])[] = power === certificate ? [LEGS] : LEGS.map((leg) => [leg]);
  const ledgers: { legs: readonly Leg[]; ledger: EmbeddedLedger }[] = [];
  for (const legs of groups) ledgers.push({ legs, ledger: await openFile(options, clock, legs) });
  return {
    channel(leg) {
      const found = ledgers.find(({ legs }) => legs.includes(leg)) as (typeof ledgers)[number];
      return found.ledger.channel(CHANNELS[leg]);
    },
    async close() {
      for (const { ledger } of ledgers) await ledger.close();
    },
  };
}

async function openFile(
  options: EmbeddedPlatformOptions,
  clock: Clock,
  legs: readonly Leg[],
): Promise<EmbeddedLedger> {
  const { organisations, files } = options;
  const time = (): number => clock.now();
  const contracts = { power: powerInfoContracts, certificate: certificateContracts };
  const policy = { n: 2, mspIds: [organisations.certifier.mspId, organisations.generator.mspId] };
  try {
    return await EmbeddedLedger.open({
      file: files[legs[0] as Leg],
      channels: legs.map((leg) => ({
        name: CHANNELS[leg],
        chaincodes: [
          { name: CHAINCODES[leg], contracts: contracts[leg](time), policy },
          { name: PROBE_CHAINCODE, contracts: probeContracts(time), policy },
        ],
      })),
      members: Object.values(organisations).map(({ mspId, caCertificatePem, endorser }) => ({
        mspId,
        caCertificatePem,
        endorser,
      })),
      orderer: options.orderer,
      clock,
      ...(options.cut && { cut: options.cut }),
      ...(options.faults && { faults: options.faults }),
    });
  } catch (error) {
    throw toLedgerError(error);
  }
}

function watch(channel: Channel): CommitWatch {
  return newCommitWatch(
    () => Promise.resolve(channel.height()),
    async function* (from, signal) {
      for await (const block of channel.blocks(from, signal)) yield parseStatuses(block);
    },
  );
}
