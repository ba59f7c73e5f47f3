// `wattlock lot`: power lots and their effective states.
import { accountIdField, dayField, lotIdField, LOT_STATES, pointIdField } from '@wattlock/core';
import { listLots, LOT_ORDERS, showLot, type HistoryEntry, type LotView } from '../../views';
import { command } from '../command';
import { energy, fields, grouped, short, table, time, type Column } from '../format';
import { listOptions, nextOf, pageOf, renderList } from '../listing';
import { field, optional, required, word } from '../parameter';

const COLUMNS: readonly Column<LotView>[] = [
  { heading: 'LOT', of: ({ id }) => id },
  {
    heading: 'ENERGY Wh',
    align: 'right',
    of: ({ energyWh }) => grouped(energyWh),
    raw: ({ energyWh }) => energyWh,
  },
  { heading: 'STATE', of: ({ state }) => state },
  { heading: 'OWNER', of: ({ owner }) => owner },
  { heading: 'SWAP', of: ({ lockedBy }) => short(lockedBy ?? ''), raw: ({ lockedBy }) => lockedBy ?? '' },
];

export const lotCommands = [
  command({
    path: ['lot', 'list'],
    summary: 'list power lots',
    json: '{lots: [{id, point, day, owner, energyWh, state, lockedBy?, parent?, parts?}], next?}',
    options: {
      point: optional('ID', 'of this metering point', field(pointIdField)),
      owner: optional('ACCOUNT', 'of this account', field(accountIdField)),
      from: optional('DAY', 'from this day, YYYY-MM-DD', field(dayField)),
      to: optional('DAY', 'up to and including this day', field(dayField)),
      state: optional('STATE', LOT_STATES.join(', '), word(...LOT_STATES)),
      ...listOptions(LOT_ORDERS),
    },
    async run(context, { point, owner, from, to, state, ...list }) {
      const records = await context.records();
      const page = records.read((view) =>
        listLots(view, { point, owner, from, to, state }, pageOf(list, LOT_ORDERS)),
      );
      return { lots: page.items, ...nextOf(page) };
    },
    render: ({ lots, next }, { csv }) => renderList(lots, COLUMNS, 'no such lots', { next, asCsv: csv }),
  }),

  command({
    path: ['lot', 'show'],
    summary: 'show a lot, its history, and where it was burned',
    json: '{id, point, day, owner, energyWh, state, lockedBy?, parent?, parts?, burn?: {swapId, burnForm, blockNumber, transactionId, at}, history: [{blockNumber, transactionId, at, value}]}',
    arguments: { lot: required('LOT', 'a lot id POINT/YYYY-MM-DD/PART', field(lotIdField)) },
    run: async (context, { lot }) => (await context.records()).read((view) => showLot(view, lot)),
    render: (lot) =>
      [
        fields([
          ['lot', lot.id],
          ['energy', energy(lot.energyWh)],
          ['state', lot.state],
          ['owner', lot.owner],
          ['swap', lot.lockedBy ?? '-'],
          ['parent', lot.parent ?? '-'],
          ['parts', lot.parts?.join(', ') ?? '-'],
          ...(lot.burn === undefined
            ? []
            : [
                [
                  'burned',
                  `${time(lot.burn.at)} by ${lot.burn.burnForm}, power block ${lot.burn.blockNumber}`,
                ] as const,
              ]),
        ]),
        '',
        historyTable(lot.history),
      ].join('\n'),
  }),
];

/** When and where a record was written. */
export function historyTable(history: readonly HistoryEntry[]): string {
  return table(
    history,
    [
      { heading: 'WRITTEN', of: ({ at }) => time(at) },
      { heading: 'BLOCK', align: 'right', of: ({ blockNumber }) => grouped(blockNumber) },
      { heading: 'TRANSACTION', of: ({ transactionId }) => transactionId },
    ],
    '',
  );
}
