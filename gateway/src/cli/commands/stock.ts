// `wattlock cert stock`: what the certifier issued to its own address ahead of any burn, and issuing more of it.
import { energyField, formatWh, MOST_STOCK_SLOTS, VALUE_TYPES, type Wh } from '@wattlock/core';
import { listStock, type StockSlotView } from '../../views';
import { command } from '../command';
import type { CommandContext } from '../context';
import { csv, grouped, table, type Column } from '../format';
import { expected, field, flag, optional, repeated, whole, withDefault, word } from '../parameter';

const COLUMNS: readonly Column<StockSlotView>[] = [
  { heading: 'SLOT', align: 'right', of: (each) => String(each.slot) },
  { heading: 'FREE Wh', align: 'right', of: ({ freeWh }) => grouped(freeWh), raw: ({ freeWh }) => freeWh },
  { heading: 'HELD', of: ({ held }) => (held ? 'by a swap' : 'no') },
  { heading: 'ISSUER', of: ({ issuer }) => issuer },
  { heading: 'VALUE', of: ({ valueTypes }) => valueTypes.join(', ') },
];

export const stockCommands = [
  command({
    path: ['cert', 'stock'],
    summary: "list the certifier's stock of certificates, or issue into it",
    details: [
      'Stock is no certificate of any burn: nobody claims, assigns or retires it, only a swap takes from it',
      '(swap convert --issue stock), and one that fails gives it back. Channel parameters cap it.',
    ].join(' '),
    json: '{slots: [{slot, issuer, energyWh, freeWh, held, valueTypes}]}',
    options: {
      issue: optional('WH', 'issue this much energy first', (text): Wh => field(energyField)(text)),
      slot: withDefault('N', 'into this slot', '0', whole(0, MOST_STOCK_SLOTS - 1)),
      value: repeated('TYPE', `with these value types: ${VALUE_TYPES.join(', ')}`, word(...VALUE_TYPES)),
      csv: flag('as comma-separated values, with plain numbers'),
    },
    async run(context, { issue, slot, value }) {
      const height = issue === undefined ? undefined : await issueStock(context, issue, slot, value);
      const records = await context.records(height === undefined ? {} : { certificate: height });
      return { slots: records.read(listStock) };
    },
    render: ({ slots }, { csv: asCsv }) => (asCsv ? csv(slots, COLUMNS) : table(slots, COLUMNS, 'no stock')),
  }),
];

/** @returns the height of the certificate channel with it. */
async function issueStock(
  context: CommandContext,
  energyWh: Wh,
  slot: number,
  value: readonly string[],
): Promise<number> {
  if (energyWh === 0n) expected('more than 0 Wh to issue');
  const issuer = (await context.home()).accounts.certifier.id;
  const [{ DEFAULT_VALUE_TYPES }, { submitWithRetry }] = await Promise.all([
    import('../../swap/index.js'),
    import('../../ledger/transactions/index.js'),
  ]);
  const valueTypes = value.length === 0 ? [...DEFAULT_VALUE_TYPES] : [...new Set(value)].sort();
  const document = { slot, issuer, energyWh: formatWh(energyWh), valueTypes };
  const { certificate } = (await context.platform()).as('certifier');
  const { blockNumber } = await submitWithRetry(certificate, { fn: 'IssueStock', document });
  return blockNumber + 1;
}
