// `wattlock network`: a Fabric network of real peers on this machine, kept under the home.
import type { NetworkDescription, NetworkStatus, ProcessLog } from '@wattlock/fabric-network';
import { chaincodesToDeploy, isMixed, legsOn, type LedgerChoice } from '../../platform';
import { configureHome, initHome, networkFolder, requireSame, withHomeLock, type Home } from '../../home';
import { openPlatform } from '../../home/open-platform';
import { command } from '../command';
import type { CommandContext } from '../context';
import { fields, table } from '../format';
import { generatorCount } from '../generators';
import { anyText, flag, optional, whole, withDefault, word } from '../parameter';

/** A network that is not up is a platform that is down. */
const EXIT_DOWN = 7;

interface NetworkReport {
  readonly state: NetworkStatus['state'];
  readonly folder: string;
  readonly channels: NetworkDescription['channels'];
  readonly processes: NetworkDescription['processes'];
}

export const networkCommands = [
  command({
    path: ['network', 'up'],
    summary: 'start a Fabric network and make it ready: channels, chaincodes, parameters, accounts',
    details:
      'A network that was stopped starts again with its ledgers; one that is up stays as it is. Makes a home if there is none, for real peers or the ledgers that --ledger says, and makes an embedded channel beside the network ready as well.',
    json: '{state, folder, channels: [{name, chaincodes: [{name, version, packageId, sequence}]}], processes: [{name, pid?, log}]}',
    options: {
      orderers: withDefault('N', 'Raft orderers of a new network: 1 or 3', '1', (text) =>
        word('1', '3')(text) === '3' ? 3 : 1,
      ),
      generators: optional(
        'N',
        'generator organisations of a new home and its network (default: 1)',
        generatorCount,
      ),
    },
    async run(context, { orderers, generators }): Promise<NetworkReport> {
      const { requirePrograms } = await import('@wattlock/fabric-network');
      if ((await reportOn(context)).state !== 'up') requirePrograms();
      const wanted = { ...(generators && { generators }) };
      const ledger = context.chosenLedger ?? 'fabric';
      const home = await initHome(context.homeFolder, { ledger, ...wanted }, context.waiting);
      requireSame(home, wanted);
      await withHomeLock(home.folder, () => start(context, home, orderers), context.waiting);
      context.progress.say('configuring channels and accounts');
      await configureLedger(context, home, 'fabric');
      if (isMixed(ledger)) await configureLedger(context, home, ledger);
      if (legsOn('fabric', ledger).length === 0) {
        context.note(
          `the home in ${home.folder} was made for the embedded ledger: add --ledger fabric to commands`,
        );
      }
      return reportOn(context);
    },
    render: renderNetwork,
  }),

  command({
    path: ['network', 'down'],
    summary: 'stop the network; its ledgers stay',
    json: '{folder, removed}',
    options: { remove: flag('remove it with its ledgers') },
    async run(context, { remove }): Promise<{ readonly folder: string; readonly removed: boolean }> {
      const { networkDown } = await import('@wattlock/fabric-network');
      const folder = folderOf(context);
      await networkDown(folder, { remove });
      return { folder, removed: remove };
    },
    render: ({ folder, removed }) => `${removed ? 'stopped and removed' : 'stopped'}: ${folder}`,
  }),

  command({
    path: ['network', 'status'],
    summary: 'show what runs',
    details: 'Exit code 7 when the network is not up.',
    json: '{state, folder, channels: [{name, chaincodes: [{name, version, packageId, sequence}]}], processes: [{name, pid?, log}]}',
    run: reportOn,
    exitCode: ({ state }) => (state === 'up' ? 0 : EXIT_DOWN),
    render: renderNetwork,
  }),

  command({
    path: ['network', 'logs'],
    summary: "show the last lines of the processes' logs",
    json: '{logs: [{process, file, lines}]}',
    arguments: { process: optional('PROCESS', 'one process, as status names it (default: all)', anyText) },
    options: { lines: withDefault('N', 'lines of each', '50', whole(1, 100_000)) },
    async run(context, { process, lines }): Promise<{ readonly logs: readonly ProcessLog[] }> {
      const { networkLogs } = await import('@wattlock/fabric-network');
      return { logs: await networkLogs(folderOf(context), process, lines) };
    },
    render: ({ logs }) =>
      logs.map(({ process, file, lines }) => [`== ${process}  ${file}`, ...lines].join('\n')).join('\n\n'),
  }),
];

/** Another command may have started it meanwhile. */
async function start(context: CommandContext, home: Home, orderers: 1 | 3): Promise<void> {
  const { consortiumOf, networkUp } = await import('@wattlock/fabric-network');
  if ((await reportOn(context)).state === 'up') return;
  await networkUp({
    folder: networkFolder(home),
    profile: consortiumOf(home.generators),
    orderers,
    chaincodes: chaincodesToDeploy(),
    onProgress: (line) => {
      context.progress.say(line);
    },
  });
}

async function configureLedger(context: CommandContext, home: Home, ledger: LedgerChoice): Promise<void> {
  const platform = await openPlatform(home, ledger, context.waiting);
  try {
    await configureHome(home, platform);
  } finally {
    await platform.close();
  }
}

const folderOf = ({ homeFolder }: CommandContext): string => networkFolder({ folder: homeFolder });

async function reportOn(context: CommandContext): Promise<NetworkReport> {
  const { networkStatus } = await import('@wattlock/fabric-network');
  const { state, folder, network } = await networkStatus(folderOf(context));
  return { state, folder, channels: network?.channels ?? [], processes: network?.processes ?? [] };
}

function renderNetwork({ state, folder, channels, processes }: NetworkReport): string {
  const chaincodes = channels.map(({ name, chaincodes: deployed }) => {
    const names = deployed.map(
      (chaincode) => `${chaincode.name} ${chaincode.version} (sequence ${chaincode.sequence})`,
    );
    return [`channel ${name}`, names.join(', ')] as const;
  });
  const summary = fields([['network', state], ['folder', folder], ...chaincodes]);
  if (processes.length === 0) return summary;
  return [
    summary,
    '',
    table(
      processes,
      [
        { heading: 'PROCESS', of: ({ name }) => name },
        { heading: 'PID', align: 'right', of: ({ pid }) => (pid === undefined ? 'down' : String(pid)) },
        { heading: 'LOG', of: ({ log }) => log },
      ],
      '',
    ),
  ].join('\n');
}
