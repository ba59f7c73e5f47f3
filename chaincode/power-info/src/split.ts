// Split: replaces a free lot by parts that hold its energy exactly.
import { findLock, getActingAccount, parametersIn, writesFor, type Call } from '@wattlock/chaincode-fabric';
import { checkAllowed, keys, splitLot, writeRecord, type AnswerOf, type RequestOf } from '@wattlock/core';
import { lotIn } from './lots';

/** Splits a lot; only its owner's organisation may. @returns parent and parts as they are stored. */
export async function split(
  { state, caller }: Call,
  { lot: id, partsWh }: RequestOf<'power', 'Split'>,
): Promise<AnswerOf<'power', 'Split'>> {
  const [parameters, stored] = await state.getMany([keys.parameters(), keys.lot(id)]);
  const lot = lotIn(stored, id);
  const { mspId } = await getActingAccount(state, lot.owner, caller);
  checkAllowed(lot, await findLock(state, lot.lockedBy), 'split');
  const { parent, parts } = splitLot(lot, partsWh);
  const writes = writesFor(state, parametersIn(parameters).roles, mspId);
  writes.put(keys.lot(id), writeRecord('lot', parent));
  for (const made of parts) writes.take(keys.lot(made.id), writeRecord('lot', made));
  return { parent, parts };
}
