// Where a certificate's energy comes from: the metering points of its lots and the days they cover, from the power channel.
import { FUNCTIONS, readDocument } from '@wattlock/core';
import type { Ledger } from '../ledger';

/** A metering point, and the first and last day that a certificate's lots of it cover. */
export interface Origin {
  readonly point: string;
  /** Technology. */
  readonly type: string;
  readonly place: string;
  readonly capacityW: number;
  readonly from: string;
  readonly to: string;
}

/** A lot's id is POINT/DAY/PART. @throws WattlockError POINT_NOT_FOUND */
export async function originsOf(
  power: Ledger,
  lots: readonly { readonly id: string }[],
): Promise<readonly Origin[]> {
  const days = new Map<string, string[]>();
  for (const { id } of lots) {
    const [point = '', day = ''] = id.split('/');
    days.set(point, [...(days.get(point) ?? []), day]);
  }
  return Promise.all(
    [...days].map(async ([point, covered]) => {
      const sorted = covered.sort();
      const { answer } = FUNCTIONS.power.ReadPoint;
      const { type, place, capacityW } = readDocument(
        answer,
        await power.evaluate('ReadPoint', { id: point }),
      );
      return { point, type, place, capacityW, from: sorted[0] ?? '', to: sorted.at(-1) ?? '' };
    }),
  );
}
