// Where a certificate's energy comes from: the metering points of its lots, and the days they cover.
import { readRecord, type Day, type LotId, type MeteringPoint, type PointId } from '@wattlock/core';
import type { View } from '@wattlock/store';
import { documentIn } from './columns';

/** A metering point, and the first and last day that a certificate's lots of it cover. */
export interface OriginView extends Pick<MeteringPoint, 'type' | 'place' | 'capacityW'> {
  readonly point: PointId;
  readonly from: Day;
  readonly to: Day;
}

/** A lot's id is POINT/DAY/PART. A point that the power channel does not have is left out. */
export function originsOf(view: View, lots: readonly { readonly id: LotId }[]): readonly OriginView[] {
  const days = new Map<PointId, Day[]>();
  for (const { id } of lots) {
    const [point, day] = id.split('/') as [PointId, Day];
    days.set(point, [...(days.get(point) ?? []), day]);
  }
  const found = view.query(
    'SELECT document FROM point JOIN revision ON revision.id = point.revision WHERE point.id = ?',
    (row) => readRecord('point', documentIn(row, 0)),
  );
  return [...days].flatMap(([point, covered]) => {
    const known = found.get(point);
    if (known === undefined) return [];
    const { type, place, capacityW } = known;
    const [from, to] = [covered.sort()[0] as Day, covered.at(-1) as Day];
    return [{ point, type, place, capacityW, from, to }];
  });
}
