// Putting a certificate under the lock of a swap: one made for the swap in the same commit, one issued before,
// or one taken from the certifier's stock.
import { findLock, openLock, prove, putLock, type Call } from '@wattlock/chaincode-fabric';
import {
  after,
  CERTIFICATE_LIFE,
  certificateForSwap,
  checkPromised,
  drawStock,
  fail,
  freeStock,
  keys,
  writeRecord,
  type Agreement,
  type IssuanceForm,
  type Lock,
  type RequestOf,
} from '@wattlock/core';
import { seeIn } from './certificates';
import { sourceKeys, takeSources } from './sources';
import { stockIn } from './stock';

/** Issues the certificate of a swap and locks it. */
export async function issueForSwap(
  call: Call,
  { contentHash, ...asked }: RequestOf<'certificate', 'IssueForSwap'>,
): Promise<Lock> {
  const { state, now } = call;
  const { swapId, agreement } = asked;
  const opened = await openLock('certificate', call, asked, sourceKeys(agreement.lots));
  checkIssuance(agreement, 'mint');
  const proved = prove(opened, asked);
  await takeSources(state, agreement.lots, opened.assets, { swapId });
  const certificate = certificateForSwap(agreement, swapId, contentHash, now);
  opened.writes.take(keys.certificate(certificate.id), writeRecord('certificate', certificate));
  return putLock(state, proved, certificate.id);
}

type TransferRequest = RequestOf<'certificate', 'RegisterTransfer'>;

/** Locks what was issued before: a certificate that is just what the agreement promises, or energy of a stock slot. */
export function registerTransfer(call: Call, asked: TransferRequest): Promise<Lock> {
  return 'stockSlot' in asked ? transferStock(call, asked) : transferIssued(call, asked);
}

async function transferIssued(
  call: Call,
  { certificate: id, ...asked }: Exclude<TransferRequest, { readonly stockSlot: number }>,
): Promise<Lock> {
  const { state } = call;
  const { swapId, agreement } = asked;
  const own = keys.certificate(id);
  const opened = await openLock('certificate', call, asked, [own, ...sourceKeys(agreement.lots)]);
  checkIssuance(agreement, 'mint');
  const [stored, ...sources] = opened.assets;
  const { certificate, state: is } = await seeIn(state, stored, id);
  if (is === 'locked') fail('CERTIFICATE_LOCKED', { certificate: id });
  if (after(CERTIFICATE_LIFE, is, 'lock') === undefined) {
    fail('CERTIFICATE_NOT_USABLE', { certificate: id, state: is });
  }
  checkPromised(certificate, agreement);
  const proved = prove(opened, asked, { source: own, energyWh: certificate.energyWh });
  await takeSources(state, agreement.lots, sources, { certificate: id, swapId });
  state.put(own, writeRecord('certificate', { ...certificate, lockedBy: swapId }));
  return putLock(state, proved, id);
}

async function transferStock(
  call: Call,
  { contentHash, stockSlot, ...asked }: Extract<TransferRequest, { readonly stockSlot: number }>,
): Promise<Lock> {
  const { state, now } = call;
  const { swapId, agreement } = asked;
  const own = keys.stock(stockSlot);
  const opened = await openLock('certificate', call, asked, [own, ...sourceKeys(agreement.lots)]);
  checkIssuance(agreement, 'stock');
  const [stored, ...sources] = opened.assets;
  const slot = stockIn(stored, stockSlot);
  const latest = await findLock(state, slot.draw?.swapId);
  const { energyWh, certifier, valueTypes } = agreement;
  const drawn = drawStock(slot, latest, { swapId, energyWh, issuer: certifier, valueTypes });
  const proved = prove(opened, asked, { source: own, energyWh: freeStock(slot, latest) });
  await takeSources(state, agreement.lots, sources, { swapId });
  const certificate = certificateForSwap(agreement, swapId, contentHash, now, stockSlot);
  state.put(own, writeRecord('stock', drawn));
  opened.writes.take(keys.certificate(certificate.id), writeRecord('certificate', certificate));
  return putLock(state, proved, certificate.id);
}

function checkIssuance(agreement: Agreement, form: IssuanceForm): void {
  if (agreement.issuanceForm !== form) fail('AGREEMENT_MISMATCH', { issuanceForm: agreement.issuanceForm });
}
