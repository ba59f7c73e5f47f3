// Certificates on a ledger: issued ahead, made for a swap, delivered, confirmed.
import { formatWh, type AgreedLot, type JsonObject } from '@wattlock/core';
import type { Call } from './call';
import { aDeal, claim, lock, type Deal, type Signers } from './deal';
import { digestOf } from './domain';
import { aLot } from './intake';
import type { Committed, Scene } from './scene';

export interface IssueWish {
  readonly id: string;
  readonly lots: readonly AgreedLot[];
  readonly signers?: Signers;
  readonly change?: JsonObject;
}

/** The issue of a certificate without a swap. */
export function issueOf(scene: Scene, { id, lots, signers = scene.test.accounts, change }: IssueWish): Call {
  const document = {
    id,
    issuer: signers.certifier.id,
    lots: lots.map((lot) => ({ id: lot.id, energyWh: formatWh(lot.energyWh) })),
    valueTypes: ['non-fossil', 'zero-emission'],
    contentHash: digestOf(id),
    ...change,
  };
  return { fn: 'Issue', document };
}

/** An issued certificate over a fresh lot. */
export interface Issued {
  readonly id: string;
  readonly lots: readonly AgreedLot[];
}

/** Issues a certificate over a fresh lot. */
export async function anIssued(scene: Scene): Promise<Issued> {
  const issued = { id: scene.test.fresh('certificate'), lots: [await aLot(scene)] };
  await scene.submit('certificate', 'certifier', issueOf(scene, issued));
  return issued;
}

/** A deal over a fresh lot whose certificate is issued and locked. */
export async function aConditioned(
  scene: Scene,
  wish: { readonly signers?: Signers; readonly energy?: number } = {},
): Promise<Deal> {
  const { signers = scene.test.accounts, energy = 1000 } = wish;
  const lots = [await aLot(scene, energy, { owner: signers.generator.id })];
  const deal = aDeal(scene, { lots, signers });
  await lock(scene, 'certificate', deal);
  return deal;
}

/** A deal whose certificate is the generator's. */
export async function aDelivered(scene: Scene, wish: Parameters<typeof aConditioned>[1] = {}): Promise<Deal> {
  const deal = await aConditioned(scene, wish);
  await claim(scene, 'certificate', deal);
  return deal;
}

/** The receipts of burns, in the order that the contract wants. */
export function receiptsOf(deals: readonly Deal[], change: JsonObject = {}): Call {
  const burns = deals
    .map(({ swapId }) => ({ swapId, blockNumber: 7, transactionId: digestOf(swapId), ...change }))
    .sort((one, two) => (one.swapId < two.swapId ? -1 : 1));
  return { fn: 'ConfirmBurn', document: { burns } };
}

/** Confirms burns as the certifier. */
export function confirm(scene: Scene, ...deals: readonly Deal[]): Promise<Committed> {
  return scene.submit('certificate', 'certifier', receiptsOf(deals));
}
