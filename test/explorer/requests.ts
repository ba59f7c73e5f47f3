// The contract calls of a swap as data: what honest agents send, and what others try.
import {
  cancelMessage,
  CLAIMANT,
  keys,
  readSecret,
  REGISTRANT,
  writeAgreement,
  type Agreement,
  type Input,
  type JsonObject,
  type Leg,
  type Wh,
} from '@wattlock/core';
import { claimSignature, destructionOf, drawOf, issuanceOf } from '../support/deal';
import { digestOf } from '../support/domain';
import type { ContractCall } from './contract-call';
import type { CertificateUse } from './scenario';
import { KEYS, STOCK_SLOT, STOCK_WH, type Deal, type PartyRole, type Role } from './setting';

const CLAIM = { power: 'Destroy', certificate: 'Transfer' } as const;

/** Puts a leg under lock. @param agreement another one than was agreed and countersigned, for who cheats */
export function lockCall(
  leg: Leg,
  deal: Deal,
  by: Role = REGISTRANT[leg],
  agreement: Agreement = deal.agreement,
): ContractCall {
  const { fn, document } = lockRequest(leg, deal);
  const other = agreement === deal.agreement ? '' : ' with another agreement';
  const name = `lock ${deal.name} by ${by}${other}`;
  const asked = { ...document, agreement: writeAgreement(agreement) };
  return { name, leg, by, swapId: deal.swapId, fn, document: asked };
}

function lockRequest(leg: Leg, deal: Deal): Pick<ContractCall, 'fn' | 'document'> {
  if (leg === 'power') return destructionOf(deal);
  return deal.agreement.issuanceForm === 'mint' ? issuanceOf(deal) : drawOf(deal, STOCK_SLOT, STOCK_WH as Wh);
}

/** What a certificate's lock takes when it is not minted. */
function takenBy(leg: Leg, { agreement }: Deal): { readonly taken?: Input } {
  if (leg === 'power' || agreement.issuanceForm === 'mint') return {};
  return { taken: { source: keys.stock(STOCK_SLOT), energyWh: STOCK_WH as Wh } };
}

/** Claims a leg with the secret. */
export function claimCall(leg: Leg, deal: Deal, by: PartyRole = CLAIMANT[leg]): ContractCall {
  const signature = claimSignature(leg, deal, takenBy(leg, deal), deal.signers[by]);
  const transient = { secret: deal.secret.bytes, signature: Buffer.from(signature) };
  const document = { swapId: deal.swapId };
  return {
    name: `claim ${deal.name} by ${by}`,
    leg,
    by,
    swapId: deal.swapId,
    fn: CLAIM[leg],
    document,
    transient,
  };
}

/** Destroys the lots with the secret alone, by the standing authorisation that their lock carries. */
export function standingCall(deal: Deal, by: Role): ContractCall {
  const document = { swapId: deal.swapId };
  const name = `claim ${deal.name} by ${by} under the standing authorisation`;
  return {
    name,
    leg: 'power',
    by,
    swapId: deal.swapId,
    fn: CLAIM.power,
    document,
    transient: { secret: deal.secret.bytes },
  };
}

/** Claims with 32 bytes that open nothing. */
export function blindClaimCall(leg: Leg, deal: Deal, by: PartyRole): ContractCall {
  const secret = Buffer.alloc(32, 7);
  const hex = readSecret(secret);
  const signature = claimSignature(
    leg,
    { ...deal, secret: { ...deal.secret, hex } },
    takenBy(leg, deal),
    deal.signers[by],
  );
  const transient = { secret, signature: Buffer.from(signature) };
  const name = `claim ${deal.name} by ${by} without the secret`;
  return { name, leg, by, swapId: deal.swapId, fn: CLAIM[leg], document: { swapId: deal.swapId }, transient };
}

export function withdrawCall(leg: Leg, deal: Deal, by: Role = REGISTRANT[leg]): ContractCall {
  return {
    name: `withdraw ${deal.name} by ${by}`,
    leg,
    by,
    swapId: deal.swapId,
    fn: 'Withdraw',
    document: { swapId: deal.swapId },
  };
}

/** A party's signature over the cancellation of a leg. */
export function cancelSignature(leg: Leg, deal: Deal, signer: PartyRole): string {
  return KEYS[signer].sign(cancelMessage(deal.agreement[leg].channel, leg, deal.swapId));
}

/** Cancels a leg with two signatures; `says` tells them apart from others. */
export function cancelCall(
  leg: Leg,
  deal: Deal,
  by: Role,
  signatures: Readonly<Record<PartyRole, string>>,
  says = '',
): ContractCall {
  const document = { swapId: deal.swapId, signatures: { ...signatures } };
  return {
    name: `cancel ${deal.name} by ${by}${says}`,
    leg,
    by,
    swapId: deal.swapId,
    fn: 'Cancel',
    document,
  };
}

/** The receipt of a burn. */
export function receiptCall(deal: Deal, by: Role): ContractCall {
  const burns = [{ swapId: deal.swapId, blockNumber: 1, transactionId: digestOf(deal.swapId) }];
  return {
    name: `confirm the burn of ${deal.name} by ${by}`,
    leg: 'certificate',
    by,
    swapId: deal.swapId,
    fn: 'ConfirmBurn',
    document: { burns },
  };
}

/** A use of a swap's certificate. */
export function useCall(fn: CertificateUse, deal: Deal): ContractCall {
  const { energyWh, generator } = deal.agreement;
  const how: Readonly<Record<CertificateUse, JsonObject>> = {
    Split: { partsWh: [energyWh / 2n, energyWh - energyWh / 2n].map(String) },
    Retire: { beneficiary: 'somebody', purpose: 'to be shown' },
    Assign: { to: generator },
  };
  const name = `${fn} of the certificate of ${deal.name}`;
  const document = { certificate: deal.swapId, ...how[fn] };
  return { name, leg: 'certificate', by: 'generator', swapId: deal.swapId, fn, document };
}

/** Splits the lot of a swap into parts of more energy than it has, or as much. */
export function splitLotCall(deal: Deal, factor: bigint): ContractCall {
  const [lot] = deal.agreement.lots;
  const part = String(((lot?.energyWh ?? 0n) * factor) / 2n);
  const document = { lot: lot?.id ?? '', partsWh: [part, part] };
  return {
    name: `split the lot of ${deal.name} x${factor}`,
    leg: 'power',
    by: 'generator',
    swapId: deal.swapId,
    fn: 'Split',
    document,
  };
}
