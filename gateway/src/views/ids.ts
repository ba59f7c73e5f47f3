// Finding records by the beginning of a long id.
import type { View } from '@wattlock/store';

/** What can be found. A swap is also found by a lock that is not believed. */
const FOUND_IN = {
  swap: 'SELECT DISTINCT swap AS id FROM lock WHERE swap >= ? AND swap < ?',
  certificate: 'SELECT id FROM certificate WHERE id >= ? AND id < ?',
} as const;

/** At most `most` ids that begin with a text, in their order; the text itself comes first where it is one. */
export function idsBeginning(
  view: View,
  kind: keyof typeof FOUND_IN,
  text: string,
  most: number,
): readonly string[] {
  const query = view.query(`${FOUND_IN[kind]} ORDER BY id LIMIT ?`, (row) => row.text(0));
  return query.all(text, `${text}\u{10ffff}`, most);
}
