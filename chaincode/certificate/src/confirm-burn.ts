// ConfirmBurn: burn receipts, many in one transaction, by whoever has seen the locks EXECUTED on the power channel.
import { checkCaller, parametersIn, writesFor, type Call, type OwnWrites } from '@wattlock/chaincode-fabric';
import {
  canonicalJson,
  fail,
  keys,
  readLock,
  writeRecord,
  type AnswerOf,
  type BurnReceipt,
  type JsonObject,
  type MspId,
  type RequestOf,
} from '@wattlock/core';

/**
 * Registers receipts of swaps that have a lock on this channel; those there already change nothing. A receipt is written
 * for the swap's generator: of several, each endorses its own.
 * @throws CERTIFICATE_CONFLICT when another block or transaction was named before
 */
export async function confirmBurn(
  call: Call,
  { burns: receipts }: RequestOf<'certificate', 'ConfirmBurn'>,
): Promise<AnswerOf<'certificate', 'ConfirmBurn'>> {
  const { state } = call;
  const [parameters, ...stored] = await state.getMany([
    keys.parameters(),
    ...receipts.flatMap(({ swapId }) => [keys.lock(swapId), keys.burn(swapId)]),
  ]);
  const { roles } = parametersIn(parameters);
  checkCaller(call, [roles.certifier, roles.auditor]);
  const writesOf = new Map<MspId, OwnWrites>();
  const put = (mspId: MspId, receipt: BurnReceipt): void => {
    const writes = writesOf.get(mspId) ?? writesFor(state, roles, mspId);
    writesOf.set(mspId, writes);
    writes.take(keys.burn(receipt.swapId), writeRecord('burn', receipt));
  };
  receipts.forEach((receipt, i) => {
    const { swapId } = receipt;
    const [locked, before] = [stored[2 * i], stored[2 * i + 1]];
    if (locked === undefined) fail('LOCK_NOT_FOUND', { swapId });
    if (before === undefined) put(readLock(locked, swapId).generator.mspId, receipt);
    else checkSame(before, receipt);
  });
  return { confirmed: receipts.map((receipt) => receipt.swapId) };
}

function checkSame(stored: JsonObject, receipt: BurnReceipt): void {
  if (canonicalJson(stored) !== canonicalJson(writeRecord('burn', receipt))) {
    fail('CERTIFICATE_CONFLICT', { swapId: receipt.swapId });
  }
}
