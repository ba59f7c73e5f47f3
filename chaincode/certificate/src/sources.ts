// The register of sources: which certificate names a lot, and for which swap. A lot backs one live certificate (I4).
import { findLocks, type Found, type LedgerState, type LockFinder } from '@wattlock/chaincode-fabric';
import { fail, holdOf, keys, readRecord, writeRecord, type LotId, type Source } from '@wattlock/core';

/** The keys under which sources of lots are registered. */
export function sourceKeys(lots: readonly { readonly id: LotId }[]): readonly string[] {
  return lots.map(({ id }) => keys.source(id));
}

/**
 * Registers the source of lots.
 * @param stored what {@link sourceKeys} hold, in that order.
 * @throws LOT_ALREADY_CERTIFIED when another issued certificate names a lot, or a swap that was not given up.
 */
export async function takeSources(
  state: LedgerState,
  lots: readonly { readonly id: LotId }[],
  stored: readonly Found[],
  source: Source,
): Promise<void> {
  const old = stored.map((record) => record && readRecord('source', record));
  const lockOf = await findLocks(
    state,
    old.map((each) => each?.swapId),
  );
  lots.forEach(({ id }, i) => {
    const before = old[i];
    if (before !== undefined) checkReplaceable(id, before, source, lockOf);
    state.put(keys.source(id), writeRecord('source', source));
  });
}

function checkReplaceable(lot: LotId, old: Source, source: Source, lockOf: LockFinder): void {
  const [before, now] = [old, source].map((each) => ('certificate' in each ? each.certificate : undefined));
  if (before !== undefined && before !== now) {
    fail('LOT_ALREADY_CERTIFIED', { lot, certificate: before });
  }
  if (old.swapId === undefined) return;
  const lock = lockOf(old.swapId);
  if (lock === undefined || holdOf(lock) !== 'free') {
    fail('LOT_ALREADY_CERTIFIED', { lot, swapId: old.swapId });
  }
}
