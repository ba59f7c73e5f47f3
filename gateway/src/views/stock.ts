// The certifier's stock of certificates, slot by slot.
import type { View } from '@wattlock/store';
import { stockIn } from '../audit/project';

/** A slot of the stock. Energies are decimal strings of Wh. */
export interface StockSlotView {
  readonly slot: number;
  readonly issuer: string;
  readonly energyWh: string;
  readonly valueTypes: readonly string[];
  /** What no swap holds or took. */
  readonly freeWh: string;
  /** Whether a swap holds it. */
  readonly held: boolean;
}

/** The slots that were ever issued into, by number; the channel caps how many there can be. */
export function listStock(view: View): readonly StockSlotView[] {
  return stockIn(view).map(({ slot, issuer, energyWh, valueTypes, freeWh, held }) => ({
    slot,
    issuer,
    energyWh: String(energyWh),
    valueTypes,
    freeWh: String(freeWh),
    held,
  }));
}
