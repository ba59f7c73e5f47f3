// RegisterDestruction: puts lots under the lock of a swap, so that the certifier can destroy them with the secret.
import { findLocks, openLock, prove, putLock, type Call } from '@wattlock/chaincode-fabric';
import {
  checkAllowed,
  fail,
  formatWh,
  keys,
  writeRecord,
  type AccountId,
  type AgreedLot,
  type Lock,
  type LockRequest,
  type Lot,
} from '@wattlock/core';
import { lotIn } from './lots';

/** Locks the agreement's lots. */
export async function registerDestruction(call: Call, asked: LockRequest): Promise<Lock> {
  const { state } = call;
  const { swapId, agreement } = asked;
  const opened = await openLock(
    'power',
    call,
    asked,
    agreement.lots.map(({ id }) => keys.lot(id)),
  );
  const proved = prove(opened, asked);
  const lots = agreement.lots.map(({ id }, i) => lotIn(opened.assets[i], id));
  const lockOf = await findLocks(
    state,
    lots.map((lot) => lot.lockedBy),
  );
  agreement.lots.forEach((agreed, i) => {
    const lot = lots[i] as Lot;
    checkAgreed(lot, agreed, agreement.generator);
    checkAllowed(lot, lockOf(lot.lockedBy), 'lock');
    opened.writes.put(keys.lot(lot.id), writeRecord('lot', { ...lot, lockedBy: swapId }));
  });
  return putLock(state, proved);
}

function checkAgreed(lot: Lot, agreed: AgreedLot, generator: AccountId): void {
  if (lot.owner !== generator) fail('NOT_AUTHORISED', { lot: lot.id, account: generator });
  if (lot.energyWh !== agreed.energyWh) {
    fail('AGREEMENT_MISMATCH', { lot: lot.id, energyWh: formatWh(lot.energyWh) });
  }
}
