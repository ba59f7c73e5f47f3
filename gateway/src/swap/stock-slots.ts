// The slots of the certifier's stock: listed as the contract shows them, chosen by what a swap wants, issued into.
import { formatWh, parseWh, type Agreement, type JsonObject, type Wh } from '@wattlock/core';
import type { Ledger } from '../ledger';
import { submitWithRetry } from '../ledger/transactions';

/** A slot of the stock as the contract lists it. */
export interface StockSlotReport {
  readonly slot: number;
  readonly issuer: string;
  readonly energyWh: string;
  readonly valueTypes: readonly string[];
  /** What no swap holds or took. */
  readonly freeWh: string;
  /** Whether an open swap holds it: then no other can take from it. */
  readonly held: boolean;
}

/** What a swap takes: so much energy, of one issuer and of exactly these value types. */
export type Wanted = Pick<Agreement, 'energyWh' | 'certifier' | 'valueTypes'>;

/** A slot of the issuer and the value types that a swap wants. */
export interface OwnSlot {
  readonly slot: number;
  readonly freeWh: Wh;
  readonly held: boolean;
}

export function ownSlots(
  slots: readonly StockSlotReport[],
  { certifier, valueTypes }: Wanted,
): readonly OwnSlot[] {
  const types = valueTypes.join();
  return slots
    .filter((each) => each.issuer === certifier && each.valueTypes.join() === types)
    .map(({ slot, held, freeWh }) => ({ slot, held, freeWh: parseWh(freeWh) }));
}

/** Orders energies from the least. */
export const ascending = (a: Wh, b: Wh): number => (a < b ? -1 : a > b ? 1 : 0);

/** Issues energy into a slot in the certifier's name. */
export async function issueStock(
  certificate: Ledger,
  slot: number,
  { energyWh, certifier, valueTypes }: Wanted,
): Promise<void> {
  const document = { slot, issuer: certifier, energyWh: formatWh(energyWh), valueTypes: [...valueTypes] };
  await submitWithRetry(certificate, { fn: 'IssueStock', document });
}

/** The slots that were ever issued into, by number. */
export async function listStock(certificate: Ledger): Promise<readonly StockSlotReport[]> {
  const { slots } = await certificate.evaluate('ListStock', {});
  return (slots as readonly JsonObject[]).map(
    ({ v: _version, draw: _draw, ...slot }) => slot as unknown as StockSlotReport,
  );
}
