// The register of sources: which certificate names a lot, and for which swap. A lot backs one live certificate (I4).
import { findLock, type LedgerState } from '@wattlock/chaincode-fabric';
import { fail, holdOf, keys, type CertificateId, type LotId, type SwapId } from '@wattlock/core';

/** What names a lot: an issued certificate, which stays, or the certificate of a swap, which may become void. */
export type Source =
  | { readonly certificate: CertificateId; readonly swapId?: SwapId }
  | { readonly certificate?: never; readonly swapId: SwapId };

/**
 * Registers the source of lots.
 * @throws LOT_ALREADY_CERTIFIED when another issued certificate names a lot, or a swap that was not given up.
 */
export async function takeSources(
  state: LedgerState,
  lots: readonly { readonly id: LotId }[],
  source: Source,
): Promise<void> {
  for (const { id } of lots) {
    const stored = await state.get(keys.source(id));
    if (stored !== undefined) await checkReplaceable(state, id, stored as unknown as Source, source);
    await state.put(keys.source(id), { v: 1, ...source });
  }
}

async function checkReplaceable(state: LedgerState, lot: LotId, old: Source, source: Source): Promise<void> {
  if (old.certificate !== undefined && old.certificate !== source.certificate) {
    fail('LOT_ALREADY_CERTIFIED', { lot, certificate: old.certificate });
  }
  if (old.swapId === undefined) return;
  const lock = await findLock(state, old.swapId);
  if (lock === undefined || holdOf(lock) !== 'free') {
    fail('LOT_ALREADY_CERTIFIED', { lot, swapId: old.swapId });
  }
}
