// The certifier's stock, as the swaps of one process take from it. A slot is held by one swap at a time, so each takes
// another; one that is too small is filled up first, and when all are held a swap waits until one is given back.
import {
  fail,
  formatWh,
  keys,
  parseWh,
  WattlockError,
  type Agreement,
  type ErrorCode,
  type Input,
  type JsonObject,
  type Parameters,
  type Wh,
} from '@wattlock/core';
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

/** A slot that a swap may take from now, as the output that its lock spends. */
export interface StockPick {
  readonly slot: number;
  readonly taken: Input;
}

/** Refusals of a slot that another swap was quicker to take; another slot, or the same one anew, may serve. */
const TAKEN: readonly ErrorCode[] = [
  'STOCK_LOCKED',
  'STOCK_SHORT',
  'STOCK_CONFLICT',
  'STOCK_FULL',
  'BAD_SIGNATURE',
];

const PATIENCE_MS = 15_000;

/** A signature is over the output that is spent, so it fails where a peer has not seen what changed the slot; not for long. */
const LAG_WITHIN_MS = 2_000;
const PAUSE_MS = 25;

type Wanted = Pick<Agreement, 'energyWh' | 'certifier' | 'valueTypes'>;

export class StockRoom {
  /** Slots that a swap of this process is about to lock; once it has, the ledger tells. */
  private readonly reserved = new Set<number>();

  constructor(
    private readonly certificate: Ledger,
    private readonly limits: Pick<Parameters, 'stockSlots' | 'stockSlotWh'>,
  ) {}

  /**
   * Takes from the stock: finds a slot for an agreement and hands it to `lock` until one of the slots is locked by it.
   * @throws WattlockError STOCK_FULL when no slot can hold as much, STOCK_LOCKED when none was given back in time,
   * and whatever else `lock` is refused with.
   */
  async take<T>(wanted: Wanted, lock: (pick: StockPick) => Promise<T>): Promise<T> {
    if (wanted.energyWh > this.limits.stockSlotWh || this.limits.stockSlots === 0) this.refuse();
    const { clock } = this.certificate;
    const begun = clock.monotonic();
    for (;;) {
      try {
        return await this.withSlot(wanted, lock);
      } catch (error) {
        if (!(error instanceof WattlockError && TAKEN.includes(error.code))) throw error;
        const patience = error.code === 'BAD_SIGNATURE' ? LAG_WITHIN_MS : PATIENCE_MS;
        if (clock.monotonic() - begun >= patience) throw error;
        await clock.sleep(PAUSE_MS);
      }
    }
  }

  /** The choice and the reservation stand together without a pause between, so no two swaps choose alike. */
  private async withSlot<T>(wanted: Wanted, lock: (pick: StockPick) => Promise<T>): Promise<T> {
    const slots = await listStock(this.certificate);
    const { slot, freeWh } = this.choose(slots, wanted);
    this.reserved.add(slot);
    try {
      const energyWh = freeWh < wanted.energyWh ? await this.fill(slot, wanted, freeWh) : freeWh;
      return await lock({ slot, taken: { source: keys.stock(slot), energyWh } });
    } finally {
      this.reserved.delete(slot);
    }
  }

  /** The smallest slot that suffices, else the fullest that can be filled up, else the first that was never used. */
  private choose(slots: readonly StockSlotReport[], wanted: Wanted): { slot: number; freeWh: Wh } {
    const types = wanted.valueTypes.join();
    const own = slots
      .filter(({ issuer, valueTypes }) => issuer === wanted.certifier && valueTypes.join() === types)
      .filter(({ slot, held }) => !held && !this.reserved.has(slot))
      .map(({ slot, freeWh }) => ({ slot, freeWh: parseWh(freeWh) }))
      .sort((a, b) => (a.freeWh < b.freeWh ? -1 : 1));
    const found = own.find(({ freeWh }) => freeWh >= wanted.energyWh) ?? own.at(-1);
    if (found !== undefined) return found;
    const used = new Set([...this.reserved, ...slots.map(({ slot }) => slot)]);
    for (let slot = 0; slot < this.limits.stockSlots; slot++) {
      if (!used.has(slot)) return { slot, freeWh: 0n as Wh };
    }
    return fail('STOCK_LOCKED', { slots: slots.length });
  }

  /** Issues what a slot lacks. @returns what is free in it afterwards. */
  private async fill(slot: number, { energyWh, certifier, valueTypes }: Wanted, freeWh: Wh): Promise<Wh> {
    const document = {
      slot,
      issuer: certifier,
      energyWh: formatWh((energyWh - freeWh) as Wh),
      valueTypes: [...valueTypes],
    };
    const { result } = await submitWithRetry(this.certificate, { fn: 'IssueStock', document });
    return parseWh(result['freeWh']);
  }

  private refuse(): never {
    const { stockSlots, stockSlotWh } = this.limits;
    fail('STOCK_FULL', { stockSlots, stockSlotWh: formatWh(stockSlotWh) });
  }
}

/** The slots that were ever issued into, by number. */
export async function listStock(certificate: Ledger): Promise<readonly StockSlotReport[]> {
  const { slots } = await certificate.evaluate('ListStock', {});
  return (slots as readonly JsonObject[]).map(
    ({ v: _version, draw: _draw, ...slot }) => slot as unknown as StockSlotReport,
  );
}
