// Results for people: aligned columns, energies with thousands separators, short ids.
// Nothing is rounded; what JSON gives in Wh is shown in Wh.

/** A table's column: its heading, its text for a row, and the side its text leans to. */
export interface Column<Row> {
  readonly heading: string;
  readonly align?: 'left' | 'right';
  of(row: Row): string;
}

/** Rows in aligned columns under headings; a sentence when there are none. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], none: string): string {
  if (rows.length === 0) return none;
  const cells = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map((column) => column.of(row))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => width(line[i] ?? ''))));
  return cells.map((line) => alignLine(line, widths, columns)).join('\n');
}

function alignLine(
  line: readonly string[],
  widths: readonly number[],
  columns: readonly { readonly align?: 'left' | 'right' }[],
): string {
  const padded = line.map((cell, i) => {
    const space = ' '.repeat((widths[i] ?? 0) - width(cell));
    return columns[i]?.align === 'right' ? space + cell : cell + space;
  });
  return padded.join('  ').trimEnd();
}

/** Columns on a terminal; the wide characters of Japanese take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** `1234567` as `1,234,567`. */
export function grouped(digits: string | number | bigint): string {
  return String(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Energy given as a decimal string of Wh, such as `1,234 Wh`. */
export function energy(decimalWh: string): string {
  return `${grouped(decimalWh)} Wh`;
}

/** The first twelve digits of a hash; commands take as few as eight. */
export function short(id: string): string {
  return /^[0-9a-f]{64}/.test(id) ? id.slice(0, 12) + id.slice(64) : id;
}

/** An instant as ISO 8601 in UTC. */
export function time(instant: number): string {
  return new Date(instant).toISOString();
}

/** `label  value` lines with the values under each other. */
export function fields(rows: readonly (readonly [string, string])[]): string {
  const longest = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(longest)}  ${value}`).join('\n');
}

/** `1 lot`, `2 lots`. */
export function count(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}
