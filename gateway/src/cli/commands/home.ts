// `wattlock init`: makes a development home and its platform ready, and shows what is there.
import { LEGS } from '@wattlock/core';
import { configurePlatform } from '../../config/configure';
import { initHome } from '../../config/home';
import { ROLES } from '../../config/organisations';
import { command } from '../command';
import { fields, table } from '../format';

interface InitReport {
  readonly home: string;
  readonly ledger: string;
  readonly layout: string;
  readonly organisations: readonly {
    readonly role: string;
    readonly mspId: string;
    readonly account: string;
  }[];
  /** Blocks of each channel. */
  readonly blocks: Readonly<Record<string, number>>;
}

export const homeCommands = [
  command({
    path: ['init'],
    summary: 'make a development home: keys, organisations, accounts, and both channels configured',
    details:
      'A home that is there stays as it is. It holds the keys of all three organisations, so it is for development.',
    json: '{home, ledger, layout, organisations: [{role, mspId, account}], blocks: {power, certificate}}',
    async run(context): Promise<InitReport> {
      const home = await initHome(context.homeFolder);
      const platform = await context.platform();
      await configurePlatform(platform, home);
      const auditor = platform.as('auditor');
      const heights = await Promise.all(LEGS.map(async (leg) => [leg, await auditor[leg].height()] as const));
      return {
        home: home.folder,
        ledger: platform.kind,
        layout: home.layout,
        organisations: ROLES.map((role) => ({
          role,
          mspId: platform.mspIds[role],
          account: home.accounts[role].id,
        })),
        blocks: Object.fromEntries(heights),
      };
    },
    render: ({ home, ledger, layout, organisations, blocks }) =>
      [
        fields([
          ['home', home],
          ['ledger', ledger === 'embedded' ? `embedded, ${layout}` : ledger],
          ...Object.entries(blocks).map(([leg, height]) => [`channel ${leg}`, `${height} blocks`] as const),
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
