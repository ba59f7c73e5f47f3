// Everything that was found wrong, as the projection keeps it.
import { LEGS } from '@wattlock/core';
import type { Row, View } from '@wattlock/store';
import type { AuditException } from '../checks/exceptions';

/** Losses, faults of the power channel, of the certificate channel, then what is wrong with the latest records. */
export function findingsIn(view: View): readonly AuditException[] {
  const read = (row: Row): AuditException => JSON.parse(row.text(0)) as AuditException;
  const faults = view.query('SELECT finding FROM fault WHERE leg = ? ORDER BY id', read);
  return [
    ...view.query('SELECT finding FROM loss ORDER BY id', read).all(),
    ...LEGS.flatMap((leg) => faults.all(leg)),
    ...view.query('SELECT finding FROM finding ORDER BY subject, id, place', read).all(),
  ];
}
