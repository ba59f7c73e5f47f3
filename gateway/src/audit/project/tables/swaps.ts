// Swaps as lists show them: one row for both legs, from the locks that are to be believed.
import { stageOf, type AgreedLock, type Leg, type SwapId } from '@wattlock/core';
import type { Store } from '@wattlock/store';

export interface SwapTable {
  /** Says how a swap stands now. @param locks those of its locks that are to be believed; without any it is no swap. */
  settle(swapId: SwapId, locks: Readonly<Partial<Record<Leg, AgreedLock>>>): void;
}

export function swapTable(store: Store): SwapTable {
  const put = store.command('INSERT OR REPLACE INTO swap VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const drop = store.command('DELETE FROM swap WHERE id = ?');
  return {
    settle(swapId, locks) {
      const lock = locks.power ?? locks.certificate;
      if (lock === undefined) {
        drop.run(swapId);
        return;
      }
      const begun = Math.min(locks.power?.lockedAt ?? Infinity, locks.certificate?.lockedAt ?? Infinity);
      const { embodiment, generator, certifier, energyWh, lots } = lock.agreement;
      put.run(swapId, begun, stageOf({ locks }), embodiment, generator, certifier, energyWh, lots.length);
    },
  };
}
