// A recorded day: the energy of each slot of one metering point and calendar day.
// Occupancy is a bitmap, so two readings of one slot cannot even be written down.
import type { JsonObject } from './canonical';
import { badField, list, nullable, record, text } from './document';
import { energyField, formatWh, parseWh, sumWh } from './energy';
import { fail } from './errors';
import { dayField, digestField, pointIdField } from './fields';
import { slotCapacity, slotsPerDay, type MeteringPoint } from './point';
import type { Day, EpochMs, LotId, PointId, Wh } from './units';

/** How a slot's energy came about: measured, or estimated from a meter register across a gap. */
export const QUALITIES = { measured: 'm', estimated: 'e', empty: '-' } as const;

const request = record({
  point: pointIdField,
  day: dayField,
  /** One entry a slot of the day, in order; `null` where nothing was read. */
  slots: list(nullable(energyField), 1, 288),
  /** One letter a slot: m measured, e estimated, - not read. */
  qualities: text(/^[me-]{1,288}$/, 'one of m, e, - for each slot'),
  /** SHA-256 of the evidence, such as the imported file. */
  evidence: digestField,
});

/** Readings of one day as they come in. */
export interface Readings {
  readonly point: PointId;
  readonly day: Day;
  readonly slots: readonly (Wh | null)[];
  readonly qualities: string;
  readonly evidence: string;
}

/** A part of a day that is on the ledger; a day recorded at once has one part, number 0. */
export interface RecordedPart extends Readings {
  readonly part: number;
}

/** Reads a request to record a day; qualities and slots must agree. @throws BAD_FIELD, BAD_ENERGY */
export function readReadings(document: JsonObject): Readings {
  const read = request(document, '');
  if (read.qualities.length !== read.slots.length) badField('qualities', 'expected one letter a slot');
  const agree = read.slots.every((slot, i) => (slot === null) === (read.qualities[i] === QUALITIES.empty));
  if (!agree) badField('qualities', 'expected - exactly where no energy was read');
  return read;
}

/**
 * The intake rules: as many slots as the point's day has, none above capacity, none in the future.
 * @throws BAD_FIELD, SLOT_OVER_CAPACITY, SLOT_IN_FUTURE
 */
export function checkReadings(
  readings: Readings,
  point: MeteringPoint,
  capacityPercent: number,
  now: EpochMs,
): void {
  const count = slotsPerDay(point.slotMinutes);
  if (readings.slots.length !== count) badField('slots', `expected ${count} slots`);
  const most = slotCapacity(point, capacityPercent);
  for (const [slot, energy] of readings.slots.entries()) {
    if (energy === null) continue;
    if (energy > most) {
      fail('SLOT_OVER_CAPACITY', { slot, energyWh: formatWh(energy), capacityWh: formatWh(most) });
    }
    const end = slotStart(point, readings.day, slot + 1);
    if (end > now) fail('SLOT_IN_FUTURE', { slot, end, now });
  }
}

/** The instant at which a slot of a day begins. */
export function slotStart(
  point: Pick<MeteringPoint, 'slotMinutes' | 'utcOffsetMinutes'>,
  day: Day,
  slot: number,
): EpochMs {
  const midnight = Date.parse(`${day}T00:00:00Z`) - point.utcOffsetMinutes * 60_000;
  return (midnight + slot * point.slotMinutes * 60_000) as EpochMs;
}

/**
 * What of the readings is new beside the parts already recorded: equal slots are left out, unequal ones refused.
 * @returns the new readings, or undefined when nothing is new.
 * @throws DAY_CONFLICT naming both values.
 */
export function newReadings(readings: Readings, recorded: readonly RecordedPart[]): Readings | undefined {
  const slots = readings.slots.map((energy, slot) => {
    if (energy === null) return null;
    for (const part of recorded) {
      const known = part.slots[slot];
      if (known === null || known === undefined) continue;
      if (known !== energy) conflict(part, slot, known, energy);
      return null;
    }
    return energy;
  });
  if (slots.every((slot) => slot === null)) return undefined;
  const qualities = slots
    .map((slot, i) => (slot === null ? QUALITIES.empty : readings.qualities[i]))
    .join('');
  return { ...readings, slots, qualities };
}

function conflict(part: RecordedPart, slot: number, recorded: Wh, offered: Wh): never {
  return fail('DAY_CONFLICT', {
    lot: lotIdOf(part.point, part.day, part.part),
    slot,
    recordedWh: formatWh(recorded),
    offeredWh: formatWh(offered),
    recordedEvidence: part.evidence,
  });
}

/** The lot that a part of a day is. */
export function lotIdOf(point: PointId, day: Day, part: number): LotId {
  return `${point}/${day}/${part}` as LotId;
}

/** Energy of all slots read. */
export function energyOf(readings: Pick<Readings, 'slots'>): Wh {
  return sumWh(readings.slots.filter((slot) => slot !== null));
}

/** The stored form: a hex bitmap of the slots read (slot 0 is the highest bit) and their energies in order. */
export function writePart(part: RecordedPart): JsonObject {
  const read = part.slots.filter((slot) => slot !== null);
  return {
    v: 1,
    point: part.point,
    day: part.day,
    part: part.part,
    slotCount: part.slots.length,
    occupancy: bitmap(part.slots.map((slot) => slot !== null)),
    energiesWh: read.map(formatWh),
    qualities: part.qualities,
    evidence: part.evidence,
  };
}

/** Reads the stored form back. */
export function readPart(stored: JsonObject): RecordedPart {
  const energies = (stored['energiesWh'] as readonly string[]).map((energy) => parseWh(energy));
  const bits = bits4(stored['occupancy'] as string).slice(0, stored['slotCount'] as number);
  let next = 0;
  return {
    point: stored['point'] as PointId,
    day: stored['day'] as Day,
    part: stored['part'] as number,
    slots: bits.map((bit) => (bit ? (energies[next++] as Wh) : null)),
    qualities: stored['qualities'] as string,
    evidence: stored['evidence'] as string,
  };
}

function bitmap(bits: readonly boolean[]): string {
  let hex = '';
  for (let i = 0; i < bits.length; i += 4) {
    const nibble = [0, 1, 2, 3].reduce((value, j) => value * 2 + (bits[i + j] === true ? 1 : 0), 0);
    hex += nibble.toString(16);
  }
  return hex;
}

function bits4(hex: string): boolean[] {
  return Array.from(hex).flatMap((digit) => [8, 4, 2, 1].map((mask) => (parseInt(digit, 16) & mask) !== 0));
}
