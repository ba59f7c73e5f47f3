// `wattlock cert stock`: what the certifier issued to its own address ahead of any burn, and issuing more of it.
import { formatWh, list, MOST_STOCK_SLOTS, record, VALUE_TYPES, type Wh } from '@wattlock/core';
import { memberNames } from '../../home';
import { listStockSlots, type StockSlotView } from '../../views';
import { CliError } from '../cli-error';
import { command } from '../command';
import type { CommandContext } from '../context';
import { csv, grouped, table, type Column } from '../format';
import { energyAmount, flag, optional, repeated, whole, word } from '../parameter';
import { shownSlot } from '../shown';

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
    example: 'cert stock --issue 1000000 --slot 0',
    json: record({ slots: list(shownSlot, 0, MOST_STOCK_SLOTS) }),
    options: {
      issue: optional('WH', 'issue this much energy first', energyAmount),
      slot: optional('N', 'into this slot (default: 0)', whole(0, MOST_STOCK_SLOTS - 1)),
      value: repeated('TYPE', `with these value types: ${VALUE_TYPES.join(', ')}`, word(...VALUE_TYPES)),
      csv: flag('as comma-separated values, with plain numbers'),
    },
    async run(context, { issue, slot, value }) {
      if (issue === undefined && (slot !== undefined || value.length > 0)) {
        throw new CliError('USAGE', '--slot and --value say where to --issue, which is missing');
      }
      const height = issue === undefined ? undefined : await issueStock(context, issue, slot ?? 0, value);
      const records = await context.records(height === undefined ? {} : { certificate: height });
      return { slots: records.read(listStockSlots) };
    },
    render: ({ slots }, width, { csv: asCsv }) =>
      asCsv ? csv(slots, COLUMNS) : table(slots, COLUMNS, 'no stock', width),
  }),
];

/** @returns the height of the certificate channel with it. */
async function issueStock(
  context: CommandContext,
  energyWh: Wh,
  slot: number,
  value: readonly string[],
): Promise<number> {
  const issuer = memberNames((await context.home()).generators).certifier;
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
