// How many blocks of each channel there were at an earlier time: what an audit as of then reads.
import type { Leg } from '@wattlock/core';
import type { View } from '@wattlock/store';
import type { Heights } from './heads';
import { statesIn } from './states';

/** The blocks before the first that has a transaction after an instant. @param instant ms since 1970 */
export function heightsAt(view: View, instant: number): Heights {
  const states = statesIn(view);
  const later = view.query(
    'SELECT number FROM block WHERE leg = ? AND at > ? ORDER BY number LIMIT 1',
    (row) => row.integer(0),
  );
  const of = (leg: Leg): number => later.get(leg, instant) ?? states[leg].height;
  return { power: of('power'), certificate: of('certificate') };
}

/** The power channel up to and including a block, and the other channel as of that block's time. */
export function heightsAtBlock(view: View, number: number): Heights {
  const time = view.query('SELECT at FROM block WHERE leg = ? AND number = ?', (row) => row.integer(0));
  const at = time.get('power', number);
  if (at === undefined) {
    const states = statesIn(view);
    return { power: states.power.height, certificate: states.certificate.height };
  }
  return { power: number + 1, certificate: heightsAt(view, at).certificate };
}
