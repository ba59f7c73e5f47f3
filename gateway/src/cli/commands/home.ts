// `wattlock init`: makes a development home and its platform ready, and shows what is there.
import { LEGS, type Leg } from '@wattlock/core';
import { configurePlatform, holders, LEDGER_CHOICES, type LedgerChoice, legsOn } from '../../platform';
import { initHome, requireSame, type Layout } from '../../home';
import { command } from '../command';
import { fields, table } from '../format';
import { generatorCount, optional, word } from '../parameter';

interface InitReport {
  readonly home: string;
  /** The ledger of each channel. */
  readonly ledger: LedgerChoice;
  readonly layout: Layout;
  readonly organisations: readonly {
    readonly role: string;
    readonly mspId: string;
    readonly account: string;
  }[];
  /** Blocks of each channel. */
  readonly blocks: Readonly<Record<Leg, number>>;
}

/** `--files` in the words of a home's settings. */
const LAYOUTS = { one: 'one-file', two: 'file-per-channel' } as const satisfies Record<string, Layout>;

export const homeCommands = [
  command({
    path: ['init'],
    summary: 'make a development home: keys, organisations, accounts, and both channels configured',
    details:
      'It holds the keys of all organisations, so it is for development. A new home keeps --ledger, --files and --generators as given, and its commands then need no --ledger; a home that is there stays as it is.',
    json: '{home, ledger, layout, organisations: [{role, mspId, account}], blocks: {power, certificate}}',
    options: {
      files: optional(
        'COUNT',
        'ledger files of two embedded channels: one for both (default of a new home), or two, one each',
        (text) => LAYOUTS[word('one', 'two')(text)],
      ),
      generators: optional(
        'N',
        'generator organisations, which need not trust each other (default: 1)',
        generatorCount,
      ),
    },
    async run(context, { files: layout, generators }): Promise<InitReport> {
      const { ledger } = context;
      const wanted = { ...(layout && { layout }), ...(generators && { generators }) };
      const home = await initHome(context.homeFolder, { ledger, ...wanted });
      requireSame(home, wanted);
      const platform = await context.platform();
      await configurePlatform(platform, home);
      const auditor = platform.as('auditor');
      const [power, certificate] = await Promise.all([auditor.power.height(), auditor.certificate.height()]);
      return {
        home: home.folder,
        ledger,
        layout: home.layout,
        organisations: holders(platform, home).map(({ role, account, view }) => ({
          role,
          mspId: view.mspIds[role],
          account: account.id,
        })),
        blocks: { power, certificate },
      };
    },
    render: ({ home, ledger, layout, organisations, blocks }) =>
      [
        fields([
          ['home', home],
          ['ledger', legsOn('embedded', ledger).length === 2 ? `embedded, ${layout}` : ledger],
          ...LEGS.map(
            (leg) => [`channel ${leg}`, `${LEDGER_CHOICES[ledger][leg]}, ${blocks[leg]} blocks`] as const,
          ),
        ]),
        '',
        table(
          organisations,
          [
            { heading: 'ROLE', of: ({ role }) => role },
            { heading: 'ORGANISATION', of: ({ mspId }) => mspId },
            { heading: 'ACCOUNT', of: ({ account }) => account },
          ],
          '',
        ),
      ].join('\n'),
  }),
];
