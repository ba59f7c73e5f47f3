// `wattlock lot`: power lots and their effective states.
import {
  accountIdField,
  dayField,
  list,
  lotIdField,
  LOT_STATES,
  MOST_LISTED,
  pointIdField,
  record,
  versionFormat,
} from '@wattlock/core';
import { contractOf } from '../../contracts';
import { command } from '../command';
import { energy, fields, grouped, short, table } from '../format';
import { checkPeriod, field, optional, required, word } from '../parameter';
import { lotMembers, shownLot } from '../shown';

export const lotCommands = [
  command({
    path: ['lot', 'list'],
    summary: 'list power lots',
    example: 'lot list --point solar-1 --state available',
    json: record({ lots: list(shownLot, 0, MOST_LISTED) }),
    options: {
      point: optional('ID', 'of this metering point', field(pointIdField)),
      owner: optional('ACCOUNT', 'of this account', field(accountIdField)),
      from: optional('DAY', 'from this day, YYYY-MM-DD', field(dayField)),
      to: optional('DAY', 'up to and including this day', field(dayField)),
      state: optional('STATE', LOT_STATES.join(', '), word(...LOT_STATES)),
    },
    async run(context, { point, owner, from, to, state }) {
      checkPeriod(from, to);
      const { evaluate } = contractOf((await context.platform()).forReading().power);
      return evaluate.ListLots({ point, owner, from, to, states: state && [state] });
    },
    render: ({ lots }, { width }) =>
      table(
        lots,
        [
          { heading: 'LOT', of: ({ id }) => id },
          { heading: 'ENERGY Wh', align: 'right', of: ({ energyWh }) => grouped(energyWh) },
          { heading: 'STATE', of: ({ state }) => state },
          { heading: 'OWNER', of: ({ owner }) => owner },
          { heading: 'SWAP', of: ({ lockedBy }) => short(lockedBy ?? '') },
        ],
        'no such lots',
        width,
      ),
  }),

  command({
    path: ['lot', 'show'],
    summary: 'show a lot and its history',
    example: 'lot show solar-1/2026-04-01/0',
    json: record({ ...lotMembers, history: list(versionFormat, 0, MOST_LISTED) }),
    arguments: { lot: required('LOT', 'a lot id POINT/YYYY-MM-DD/PART', field(lotIdField)) },
    async run(context, { lot: id }) {
      const { evaluate } = contractOf((await context.platform()).forReading().power);
      const lot = await evaluate.ReadLot({ id });
      const { entries } = await evaluate.HistoryOf({ kind: 'lot', id });
      return { ...lot, history: entries };
    },
    render: (lot, view) =>
      [
        fields([
          ['lot', lot.id],
          ['energy', energy(lot.energyWh)],
          ['state', lot.state],
          ['owner', lot.owner],
          ['swap', lot.lockedBy ?? '-'],
          ['parent', lot.parent ?? '-'],
          ['parts', lot.parts?.join(', ') ?? '-'],
        ]),
        '',
        table(
          lot.history,
          [
            { heading: 'WRITTEN', of: ({ at }) => view.time(at) },
            { heading: 'TRANSACTION', of: ({ transactionId }) => transactionId },
          ],
          '',
        ),
      ].join('\n'),
  }),
];
