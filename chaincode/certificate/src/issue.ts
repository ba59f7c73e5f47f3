// Issue: the certifier issues a certificate without a swap. It stays with the certifier until one delivers it.
import { accountIn, checkCaller, parametersIn, type Call } from '@wattlock/chaincode-fabric';
import {
  badField,
  canonicalJson,
  checkActsFor,
  checkRole,
  fail,
  keys,
  readRecord,
  sumWh,
  writeRecord,
  type Certificate,
  type RequestOf,
} from '@wattlock/core';
import { sourceKeys, takeSources } from './sources';

/** Names that certificates of swaps and parts of a split bear by themselves; nobody may take them before. */
const RESERVED = /^[0-9a-f]{64}$|\.[0-9]+$/;

/** Issues a certificate; the same content again is no change. @returns the certificate as it is stored. */
export async function issue(call: Call, request: RequestOf<'certificate', 'Issue'>): Promise<Certificate> {
  const { state, now, caller } = call;
  if (RESERVED.test(request.id)) badField('id', 'is a name that swaps and splits give');
  const key = keys.certificate(request.id);
  const [parameters, account, stored, ...sources] = await state.getMany([
    keys.parameters(),
    keys.account(request.issuer),
    key,
    ...sourceKeys(request.lots),
  ]);
  const { roles, maxSkewMs } = parametersIn(parameters);
  checkCaller(call, [roles.certifier]);
  call.checkTime(maxSkewMs);
  const issuer = accountIn(account, request.issuer);
  checkRole(issuer, 'certifier');
  checkActsFor(caller, issuer);
  const energyWh = sumWh(request.lots.map((lot) => lot.energyWh));
  const certificate: Certificate = { ...request, owner: issuer.id, energyWh, issuedAt: now };
  if (stored !== undefined) return checkSame(readRecord('certificate', stored), certificate);
  await takeSources(state, certificate.lots, sources, { certificate: certificate.id });
  state.put(key, writeRecord('certificate', certificate));
  return certificate;
}

/** What was issued is compared, not what became of it since. */
function checkSame(existing: Certificate, offered: Certificate): Certificate {
  const { issuedForSwap, lockedBy, parent, parts, ...issued } = existing;
  const same =
    canonicalJson(writeRecord('certificate', issued)) ===
    canonicalJson(writeRecord('certificate', { ...offered, issuedAt: existing.issuedAt }));
  return same ? existing : fail('CERTIFICATE_CONFLICT', { certificate: offered.id });
}
