// Swaps as a table for people.
import type { SwapSummary } from '../swap';
import { grouped, short, table, type Column } from './format';

export const SWAP_COLUMNS: readonly Column<SwapSummary>[] = [
  { heading: 'SWAP', of: ({ id }) => short(id), raw: ({ id }) => id },
  { heading: 'EMBODIMENT', align: 'right', of: ({ embodiment }) => String(embodiment) },
  { heading: 'STAGE', of: ({ outcome }) => outcome },
  { heading: 'LOTS', align: 'right', of: ({ lots }) => grouped(lots), raw: ({ lots }) => lots },
  {
    heading: 'ENERGY Wh',
    align: 'right',
    of: ({ energyWh }) => grouped(energyWh),
    raw: ({ energyWh }) => energyWh,
  },
];

export function swapTable(swaps: readonly SwapSummary[]): string {
  return table(swaps, SWAP_COLUMNS, 'no swaps');
}
