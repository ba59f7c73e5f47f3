// A swap as both parties have agreed it, and the requests of its steps. A request is data: a test sends it as it is,
// or with one thing wrong.
import {
  cancelMessage,
  CLAIMANT,
  claimMessage,
  consentMessage,
  deadlinesFrom,
  DEFAULT_BURN,
  EMBODIMENTS,
  keys,
  needsConsent,
  REGISTRANT,
  standingMessage,
  swapIdOf,
  transactionIdOf,
  transactionMessage,
  transactionsOf,
  writeAgreement,
  type AgreedLot,
  type Agreement,
  type CertificateId,
  type EmbodimentNumber,
  type Input,
  type JsonObject,
  type Leg,
  type LegTransactions,
  type Milliseconds,
  type MspId,
  type SwapId,
  type Wh,
} from '@wattlock/core';
import type { AccountSigner } from '@wattlock/gateway';
import type { Call } from './call';
import { aSecret, anAgreement, digestOf, type Secret } from './domain';
import { someLots } from './intake';
import type { Committed, Scene } from './scene';

/** The parties of a deal with their keys. */
export type Signers = Readonly<Record<'certifier' | 'generator', Pick<AccountSigner, 'id' | 'sign'>>>;

export interface Deal {
  readonly agreement: Agreement;
  readonly swapId: SwapId;
  readonly secret: Secret;
  readonly signers: Signers;
  /** The generator organisations of the consortium. */
  readonly generators: readonly MspId[];
}

export interface DealWish {
  readonly lots: readonly AgreedLot[];
  readonly embodiment?: EmbodimentNumber;
  /** Time until the second lock's deadline; the first has twice as much. */
  readonly timeoutMs?: number;
  readonly secret?: Secret;
  readonly signers?: Signers;
  /** Fields of the agreement that are to be otherwise, right or wrong. */
  readonly change?: Partial<Agreement>;
}

/** Two minutes: far beyond what a test takes. */
const AMPLE_MS = 120_000;

/** A fresh deal over these lots, embodiment 4 if nothing is said. */
export function aDeal(scene: Scene, wish: DealWish): Deal {
  const name = scene.test.fresh('deal');
  const { embodiment = 4, secret = aSecret(name), signers = scene.test.accounts } = wish;
  const { power, certificate, ...rest } = anAgreement({ name, embodiment, lots: wish.lots });
  const timeoutMs = (wish.timeoutMs ?? AMPLE_MS) as Milliseconds;
  const deadlines = deadlinesFrom(EMBODIMENTS[embodiment], scene.now(), timeoutMs);
  const agreement: Agreement = {
    ...rest,
    power: { ...power, deadline: deadlines.power },
    certificate: { ...certificate, deadline: deadlines.certificate },
    generator: signers.generator.id,
    certifier: signers.certifier.id,
    hashLock: secret.hashLock,
    guardMs: scene.test.limits.guardMs,
    burnForm: DEFAULT_BURN[EMBODIMENTS[embodiment].form],
    ...wish.change,
  };
  const { generators } = scene.test.platform;
  return { agreement, swapId: swapIdOf(agreement), secret, signers, generators };
}

/** The lock of the power leg; asked by the generator. */
export function destructionOf(deal: Deal): Call {
  return { fn: 'RegisterDestruction', document: { ...termsOf(deal), ...proofsOf('power', deal) } };
}

/** The lock of the certificate leg with a certificate of its own; asked by the certifier. */
export function issuanceOf(deal: Deal): Call {
  const document = {
    ...termsOf(deal),
    contentHash: digestOf(deal.swapId),
    ...proofsOf('certificate', deal),
  };
  return { fn: 'IssueForSwap', document };
}

/** The lock of the certificate leg on a certificate issued before; asked by the certifier. */
export function transferOf(deal: Deal, certificate: string): Call {
  const taken = { source: keys.certificate(certificate as CertificateId), energyWh: deal.agreement.energyWh };
  const document = { ...termsOf(deal), certificate, ...proofsOf('certificate', deal, taken) };
  return { fn: 'RegisterTransfer', document };
}

/** The lock of the certificate leg on a slot of the stock that holds so much free energy; asked by the certifier. */
export function drawOf(deal: Deal, stockSlot: number, freeWh: Wh): Call {
  const taken = { source: keys.stock(stockSlot), energyWh: freeWh };
  const document = {
    ...termsOf(deal),
    contentHash: digestOf(deal.swapId),
    stockSlot,
    ...proofsOf('certificate', deal, taken),
  };
  return { fn: 'RegisterTransfer', document };
}

function termsOf({ swapId, agreement }: Deal): JsonObject {
  return { swapId, agreement: writeAgreement(agreement) };
}

/** The signatures that a lock of the deal's embodiment brings. */
export function proofsOf(leg: Leg, deal: Deal, taken?: Input): JsonObject {
  const row = EMBODIMENTS[deal.agreement.embodiment];
  const { form, standingAuthorisation } = row;
  const { certifier } = deal.signers;
  const { channel } = deal.agreement.power;
  const message = standingMessage(channel, deal.swapId);
  return {
    ...(form === 'outputs' && { signatures: lockSignatures(leg, deal, taken) }),
    ...(standingAuthorisation && leg === 'power' && { standing: certifier.sign(message) }),
    ...(needsConsent(deal, row, leg) && { consent: certifier.sign(consentMessage(channel, deal.swapId)) }),
  };
}

/** The registrant's signature over the lock's transaction, both parties' over its refund. */
function lockSignatures(leg: Leg, deal: Deal, taken?: Input): JsonObject {
  const { lock, refund } = legTransactions(leg, deal, taken);
  const { certifier, generator } = deal.signers;
  return {
    lock: deal.signers[REGISTRANT[leg]].sign(transactionMessage(lock)),
    refund: {
      certifier: certifier.sign(transactionMessage(refund)),
      generator: generator.sign(transactionMessage(refund)),
    },
  };
}

/** The transactions of a leg in the output form. */
export function legTransactions(leg: Leg, { agreement, swapId }: Deal, taken?: Input): LegTransactions {
  return transactionsOf(agreement, swapId, { leg, taken });
}

const CLAIM = { power: 'Destroy', certificate: 'Transfer' } as const;

/** What of a claim is to be otherwise. */
export interface ClaimChange {
  readonly secret?: Uint8Array;
  readonly signature?: string;
  /** What the certificate's lock took, when it was not minted. */
  readonly taken?: Input;
}

/** A claim by the leg's claimant, endorsed by the claimant's organisation and the auditor's. */
export function claimOf(scene: Scene, leg: Leg, deal: Deal, change: ClaimChange = {}): Call {
  const { mspIds } = scene.test.platform;
  const signature = change.signature ?? claimSignature(leg, deal, change);
  return {
    fn: CLAIM[leg],
    document: { swapId: deal.swapId },
    transient: { secret: change.secret ?? deal.secret.bytes, signature: Buffer.from(signature) },
    endorsers: [mspIds[CLAIMANT[leg]], mspIds.auditor],
  };
}

/** The claimant's signature over a claim; in the output form it names the transaction that the claim executes. */
export function claimSignature(
  leg: Leg,
  deal: Deal,
  { taken }: Pick<ClaimChange, 'taken'> = {},
  signer = deal.signers[CLAIMANT[leg]],
): string {
  const { form } = EMBODIMENTS[deal.agreement.embodiment];
  const transaction =
    form === 'outputs' ? transactionIdOf(legTransactions(leg, deal, taken).claim) : undefined;
  return signer.sign(claimMessage(deal.agreement[leg].channel, deal.swapId, deal.secret.hex, transaction));
}

/** A destruction by the lock's standing authorisation: the secret alone, without the claimant's signature. */
export function standingClaimOf(scene: Scene, { swapId, secret }: Deal): Call {
  const { certifier, auditor } = scene.test.platform.mspIds;
  const document = { swapId };
  return { fn: 'Destroy', document, transient: { secret: secret.bytes }, endorsers: [auditor, certifier] };
}

export function withdrawalOf({ swapId }: Deal): Call {
  return { fn: 'Withdraw', document: { swapId } };
}

/** A cancellation with both parties' signatures. */
export function cancellationOf(leg: Leg, deal: Deal, signatures: JsonObject = {}): Call {
  return {
    fn: 'Cancel',
    document: { swapId: deal.swapId, signatures: { ...cancelSignatures(leg, deal), ...signatures } },
  };
}

/** Both parties' signatures over the cancellation of a leg. */
export function cancelSignatures(
  leg: Leg,
  deal: Deal,
): { readonly certifier: string; readonly generator: string } {
  const message = cancelMessage(deal.agreement[leg].channel, leg, deal.swapId);
  return { certifier: deal.signers.certifier.sign(message), generator: deal.signers.generator.sign(message) };
}

const REGISTRATION = { power: destructionOf, certificate: issuanceOf } as const;
const REGISTRANT_OF = { power: 'generator', certificate: 'certifier' } as const;

/** Locks a leg. */
export function lock(scene: Scene, leg: Leg, deal: Deal): Promise<Committed> {
  return scene.submit(leg, REGISTRANT_OF[leg], REGISTRATION[leg](deal));
}

/** Claims a leg with the right secret. */
export function claim(scene: Scene, leg: Leg, deal: Deal): Promise<Committed> {
  return scene.submit(leg, CLAIMANT[leg], claimOf(scene, leg, deal));
}

/** A deal over fresh lots whose power leg is locked. */
export async function aLockedDeal(scene: Scene, wish: Partial<DealWish> = {}): Promise<Deal> {
  const deal = aDeal(scene, { ...wish, lots: wish.lots ?? (await someLots(scene)) });
  await lock(scene, 'power', deal);
  return deal;
}
