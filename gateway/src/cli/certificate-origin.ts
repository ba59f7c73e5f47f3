// Where a certificate's energy comes from: the metering points of its lots and the days they cover, from the power channel.
import {
  dayField,
  integer,
  list,
  MOST_LISTED,
  oneOf,
  placeField,
  PLANT_TYPES,
  pointIdField,
  record,
  type Day,
  type LotId,
  type PointId,
  type Read,
} from '@wattlock/core';
import { contractOf } from '../contracts';
import type { Ledger } from '../ledger';

/** A metering point, and the first and last day that a certificate's lots of it cover. */
const originFormat = record({
  point: pointIdField,
  type: oneOf(PLANT_TYPES),
  place: placeField,
  capacityW: integer(0, Number.MAX_SAFE_INTEGER),
  from: dayField,
  to: dayField,
});
export type Origin = Read<typeof originFormat>;

export const originsFormat = list(originFormat, 0, MOST_LISTED);

/** A lot's id is POINT/DAY/PART. @throws WattlockError POINT_NOT_FOUND */
export async function originsOf(
  power: Ledger<'power'>,
  lots: readonly { readonly id: LotId }[],
): Promise<readonly Origin[]> {
  const days = new Map<PointId, Day[]>();
  for (const { id } of lots) {
    const [at, day] = id.split('/') as [PointId, Day];
    days.set(at, [...(days.get(at) ?? []), day]);
  }
  const { evaluate } = contractOf(power);
  return Promise.all(
    [...days].map(async ([at, covered]) => {
      const { type, place, capacityW } = await evaluate.ReadPoint({ id: at });
      const [from, to] = [covered.sort()[0] as Day, covered.at(-1) as Day];
      return { point: at, type, place, capacityW, from, to };
    }),
  );
}
