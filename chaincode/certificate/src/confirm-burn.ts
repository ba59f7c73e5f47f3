// ConfirmBurn: burn receipts, many in one transaction, by whoever has seen the locks EXECUTED on the power channel.
import { checkCaller, getLock, getParameters, unversioned, type Call } from '@wattlock/chaincode-fabric';
import {
  canonicalJson,
  fail,
  keys,
  readConfirmation,
  type BurnReceipt,
  type Json,
  type JsonObject,
} from '@wattlock/core';

/**
 * Registers receipts of swaps that have a lock on this channel; those there already change nothing.
 * @returns `{confirmed}`: the swaps of the request, all confirmed now.
 * @throws BAD_FIELD, NOT_CONFIGURED, NOT_AUTHORISED, LOCK_NOT_FOUND, CERTIFICATE_CONFLICT when another block or
 * transaction was named before
 */
export async function confirmBurn(call: Call, document: JsonObject): Promise<Json> {
  const { state } = call;
  const receipts = readConfirmation(document);
  const { roles } = await getParameters(state);
  checkCaller(call, [roles.certifier, roles.auditor]);
  for (const receipt of receipts) {
    await getLock(state, receipt.swapId);
    const stored = await state.get(keys.burn(receipt.swapId));
    if (stored === undefined) await state.put(keys.burn(receipt.swapId), { v: 1, ...receipt });
    else checkSame(stored, receipt);
  }
  return { confirmed: receipts.map((receipt) => receipt.swapId) };
}

function checkSame(stored: JsonObject, receipt: BurnReceipt): void {
  if (canonicalJson(unversioned(stored)) !== canonicalJson({ ...receipt })) {
    fail('CERTIFICATE_CONFLICT', { swapId: receipt.swapId });
  }
}
