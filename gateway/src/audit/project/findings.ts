// Everything that was found wrong, as the projection keeps it.
import { LEGS } from '@wattlock/core';
import type { Row, View } from '@wattlock/store';
import type { AuditException } from '../checks/exceptions';

/** Losses, faults of the power channel, of the certificate channel, then what is wrong with the latest records. */
export function findingsIn(view: View): readonly AuditException[] {
  const faults = view.query('SELECT finding FROM fault WHERE leg = ? ORDER BY id', read);
  return [
    ...lossesIn(view),
    ...LEGS.flatMap((leg) => faults.all(leg)),
    ...view.query('SELECT finding FROM finding ORDER BY subject, id, place', read).all(),
  ];
}

/** Blocks that were read once and are gone, or others now: what reading the ledgers anew cannot find. */
export function lossesIn(view: View): readonly AuditException[] {
  return view.query('SELECT finding FROM loss ORDER BY id', read).all();
}

const read = (row: Row): AuditException => JSON.parse(row.text(0)) as AuditException;
