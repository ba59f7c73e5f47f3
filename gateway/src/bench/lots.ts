// Lots to measure with: recorded days of a benchmark's own metering points, 48 half-hour slots each.
import {
  sha256Hex,
  type AgreedLot,
  type Day,
  type JsonObject,
  type LotId,
  type PointId,
  type Wh,
} from '@wattlock/core';
import { mapConcurrent } from '../concurrency';
import { freshHex } from '../entropy';
import { submitWithRetry } from '../ledger/transactions';
import type { SwapContext } from '../swap';

export const SLOTS_PER_DAY = 48;
const SLOT_WH = 500n;
const FIRST_DAY = Date.UTC(2010, 0, 1);
/** Days of one point; a further point is registered when they are used up. */
const DAYS_PER_POINT = 3650;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Hands out days nobody has recorded yet and registers points for them as needed. */
export class LotSource {
  private readonly run: string;
  private used = 0;

  constructor(private readonly context: SwapContext) {
    this.run = freshHex(context.entropy, 4);
  }

  /** Documents for `count` new days, their points registered. */
  async days(count: number): Promise<readonly JsonObject[]> {
    const indices = Array.from({ length: count }, () => this.used++);
    for (const index of indices) {
      if (index % DAYS_PER_POINT === 0) await this.registerPoint(this.pointOf(index));
    }
    return indices.map((index) => this.dayDocument(index));
  }

  /** Records `count` new days and gives them as lots. */
  async lots(count: number): Promise<readonly AgreedLot[]> {
    const days = await this.days(count);
    await mapConcurrent(days, 64, (document) => this.record(document));
    return days.map(lotOf);
  }

  async record(document: JsonObject): Promise<void> {
    await submitWithRetry(this.context.parties.generator.ledgers.power, { fn: 'RecordDay', document });
  }

  private pointOf(index: number): PointId {
    return `bench-${this.run}-${Math.floor(index / DAYS_PER_POINT)}` as PointId;
  }

  private dayDocument(index: number): JsonObject {
    const time = FIRST_DAY + (index % DAYS_PER_POINT) * DAY_MS;
    return {
      point: this.pointOf(index),
      day: new Date(time).toISOString().slice(0, 10),
      slots: Array.from({ length: SLOTS_PER_DAY }, () => SLOT_WH.toString()),
      qualities: 'm'.repeat(SLOTS_PER_DAY),
      evidence: sha256Hex(`${this.run} ${index}`),
    };
  }

  private async registerPoint(id: PointId): Promise<void> {
    const document: JsonObject = {
      id,
      owner: this.context.parties.generator.account.id,
      type: 'solar',
      place: 'Benchmark',
      capacityW: 1000,
      slotMinutes: (24 * 60) / SLOTS_PER_DAY,
      utcOffsetMinutes: 0,
      devices: [],
    };
    const { ledgers } = this.context.parties.generator;
    await submitWithRetry(ledgers.power, { fn: 'RegisterPoint', document });
  }
}

/** The lot that a day document becomes. */
export function lotOf(document: JsonObject): AgreedLot {
  const point = document['point'] as PointId;
  const day = document['day'] as Day;
  return { id: `${point}/${day}/0` as LotId, energyWh: (SLOT_WH * BigInt(SLOTS_PER_DAY)) as Wh };
}
