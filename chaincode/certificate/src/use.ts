// What an owner does with a usable certificate beside splitting it: assigns it to another account, or retires it.
import { accountIn, type Call } from '@wattlock/chaincode-fabric';
import { checkRole, keys, writeRecord, type Certificate, type RequestOf } from '@wattlock/core';
import { getUsable } from './certificates';

/** Assigns a certificate to another generator's account; only its effective owner's organisation may. */
export async function assign(
  call: Call,
  { certificate: id, to }: RequestOf<'certificate', 'Assign'>,
): Promise<Certificate> {
  const { certificate, writes } = await getUsable(call, id, 'assign');
  const next = accountIn(await call.state.get(keys.account(to)), to);
  checkRole(next, 'generator');
  const assigned = { ...certificate, assignedTo: next.id };
  writes.give(keys.certificate(id), writeRecord('certificate', assigned), next.mspId);
  return assigned;
}

/** Retires a certificate for a beneficiary: its value is used, and it never moves again. */
export async function retire(
  call: Call,
  { certificate: id, beneficiary, purpose }: RequestOf<'certificate', 'Retire'>,
): Promise<Certificate> {
  const { certificate, owner, parameters, writes } = await getUsable(call, id, 'retire');
  call.checkTime(parameters.maxSkewMs);
  const retirement = { at: call.now, by: owner, beneficiary, purpose };
  const retired = { ...certificate, retirement };
  writes.put(keys.certificate(id), writeRecord('certificate', retired));
  return retired;
}
