// Interval samples into slots: each is the mean power or the energy of a stretch of time that lies in one slot.
import type { RejectedRow } from './errors';
import type { Grid, SlotNumber } from './grid';
import type { ColumnMapping } from './mapping';
import type { RowsRead } from './formats';
import { distinct, gather, type Gathered, type GatheredSlot } from './slots';
import { isEqual } from './decimal';

const HOUR_MS = 3_600_000n;

/**
 * Sums samples by slot, exactly. A slot with fewer samples than it could have gets what was measured.
 * Power x interval / 1 h is energy, so a sample counts value x unit x scale, times the interval's share of an hour.
 */
export function gatherSamples(
  read: RowsRead,
  mapping: ColumnMapping,
  grid: Grid,
  intervalMs: number,
): Gathered {
  const { samples, rejected, repeated } = distinct(read.samples, (a, b) => isEqual(a.value, b.value));
  const offGrid: RejectedRow[] = [];
  const slots = new Map<SlotNumber, GatheredSlot>();
  const shift = mapping.timestamp === 'end' ? intervalMs : 0;
  for (const { row, at, value } of samples) {
    const start = at - shift;
    const slot = grid.slotAt(start);
    if ((start - grid.startOf(slot)) % intervalMs === 0) gather(slots, slot, value, [row]);
    else offGrid.push({ row, code: 'TIME_OFF_GRID' });
  }
  const power = mapping.quantity === 'power';
  return {
    slots,
    numerator: mapping.factor.digits * (power ? BigInt(intervalMs) : 1n),
    denominator: 10n ** BigInt(mapping.factor.scale) * (power ? HOUR_MS : 1n),
    rejected: [...rejected, ...offGrid],
    repeated,
  };
}
