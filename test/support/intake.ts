// Points, readings and lots on a ledger: what a conformance test needs before there can be a swap.
import { lotIdOf, type AgreedLot, type Day, type JsonObject, type MeteringPoint } from '@wattlock/core';
import type { Call } from './call';
import { aPoint, digestOf, wh } from './domain';
import type { Scene } from './scene';

/** Hours in a day: test points count by the hour. */
export const SLOTS = 24;

/** A day in the past, by its number. */
export function dayNumber(number: number): Day {
  return new Date(Date.UTC(2025, 0, 1 + number)).toISOString().slice(0, 10) as Day;
}

/** A metering point of the scene's generator that no other test uses: 50 kW, counted by the hour. */
export function freshPoint(scene: Scene, change: Partial<MeteringPoint> = {}): MeteringPoint {
  return aPoint({
    id: scene.test.fresh('plant') as MeteringPoint['id'],
    owner: scene.test.accounts.generator.id,
    slotMinutes: 60,
    ...change,
  });
}

/** Registers a fresh point as the generator. */
export async function registerPoint(
  scene: Scene,
  change: Partial<MeteringPoint> = {},
): Promise<MeteringPoint> {
  const point = freshPoint(scene, change);
  await scene.submit('power', 'generator', { fn: 'RegisterPoint', document: { ...point } });
  return point;
}

/** Readings of the first slots of a day, or of wherever there is no `null`; the other slots were not read. */
export function readings(
  point: Pick<MeteringPoint, 'id'>,
  day: Day,
  energies: readonly (number | bigint | string | null)[],
  change: JsonObject = {},
): Call {
  const slots = Array.from({ length: SLOTS }, (_, slot) => energies[slot]?.toString() ?? null);
  const qualities = slots.map((slot) => (slot === null ? '-' : 'm')).join('');
  const document = {
    point: point.id,
    day,
    slots,
    qualities,
    evidence: digestOf(`${point.id} ${day}`),
    ...change,
  };
  return { fn: 'RecordDay', document };
}

/** A statement of a whole day's energy. */
export function statement(
  point: Pick<MeteringPoint, 'id'>,
  day: Day,
  energyWh: string,
  change: JsonObject = {},
): Call {
  const document = { point: point.id, day, energyWh, evidence: digestOf(`${point.id} ${day}`), ...change };
  return { fn: 'Issue', document };
}

/** Records free lots of one fresh point, a day each, in ascending order. */
export async function someLots(
  scene: Scene,
  energies: readonly number[] = [1000],
  change: Partial<MeteringPoint> = {},
): Promise<readonly AgreedLot[]> {
  const point = await registerPoint(scene, change);
  return Promise.all(
    energies.map(async (energy, number) => {
      const day = dayNumber(number);
      await scene.submit('power', 'generator', readings(point, day, [energy]));
      return { id: lotIdOf(point.id, day, 0), energyWh: wh(energy) };
    }),
  );
}

/** Records one free lot of a fresh point. */
export async function aLot(
  scene: Scene,
  energy = 1000,
  change: Partial<MeteringPoint> = {},
): Promise<AgreedLot> {
  const [lot] = await someLots(scene, [energy], change);
  return lot as AgreedLot;
}
