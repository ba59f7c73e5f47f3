// The certifier's stock of certificates, slot by slot.
import type { View } from '@wattlock/store';
import { stockIn, type SeenStock } from '../audit/project';

/** A slot of the stock, with what is free in it and whether a swap holds it. */
export type StockSlotView = SeenStock;

/** The slots that were ever issued into, by number; the channel caps how many there can be. */
export function listStockSlots(view: View): readonly StockSlotView[] {
  return stockIn(view);
}
