// `wattlock lot`: power lots and their effective states.
import {
  accountIdField,
  dayField,
  lotIdField,
  LOT_STATES,
  pointIdField,
  type JsonObject,
} from '@wattlock/core';
import { command } from '../command';
import { energy, fields, grouped, short, table, time } from '../format';
import { field, optional, required, word } from '../parameter';
import { listOf, withoutVersion } from '../records';

interface LotReport {
  readonly id: string;
  readonly point: string;
  readonly day: string;
  readonly owner: string;
  readonly energyWh: string;
  readonly state: string;
  readonly lockedBy?: string;
  readonly parent?: string;
  readonly parts?: readonly string[];
}

/** The fields everybody looks for stand first. */
function inOrder({ id, point, day, owner, energyWh, state, ...rest }: LotReport): LotReport {
  return { id, point, day, owner, energyWh, state, ...rest };
}

interface HistoryEntry {
  readonly transactionId: string;
  readonly at: number;
  readonly value: JsonObject | null;
}

export const lotCommands = [
  command({
    path: ['lot', 'list'],
    summary: 'list power lots',
    json: '{lots: [{id, point, day, owner, energyWh, state, lockedBy?, parent?, parts?}]}',
    options: {
      point: optional('ID', 'of this metering point', field(pointIdField)),
      owner: optional('ACCOUNT', 'of this account', field(accountIdField)),
      from: optional('DAY', 'from this day, YYYY-MM-DD', field(dayField)),
      to: optional('DAY', 'up to and including this day', field(dayField)),
      state: optional('STATE', LOT_STATES.join(', '), word(...LOT_STATES)),
    },
    async run(context, { point, owner, from, to, state }) {
      const ledger = (await context.platform()).as('auditor').power;
      const query = { point, owner, from, to, states: state && [state] };
      const answer = await ledger.evaluate('ListLots', query);
      return { lots: (listOf(answer, 'lots') as unknown as readonly LotReport[]).map(inOrder) };
    },
    render: ({ lots }) =>
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
      ),
  }),

  command({
    path: ['lot', 'show'],
    summary: 'show a lot and its history',
    json: '{id, point, day, owner, energyWh, state, lockedBy?, parent?, parts?, history: [{transactionId, at, value}]}',
    arguments: { lot: required('LOT', 'a lot id POINT/YYYY-MM-DD/PART', field(lotIdField)) },
    async run(context, { lot: id }) {
      const ledger = (await context.platform()).as('auditor').power;
      const lot = withoutVersion(await ledger.evaluate('ReadLot', { id })) as unknown as LotReport;
      const { entries } = await ledger.evaluate('HistoryOf', { kind: 'lot', id });
      return { ...inOrder(lot), history: entries as unknown as readonly HistoryEntry[] };
    },
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
        ]),
        '',
        table(
          lot.history,
          [
            { heading: 'WRITTEN', of: ({ at }) => time(at) },
            { heading: 'TRANSACTION', of: ({ transactionId }) => transactionId },
          ],
          '',
        ),
      ].join('\n'),
  }),
];
