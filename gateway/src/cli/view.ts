// How a text is drawn: for what width, in whose time zone, and what "now" is. JSON knows nothing of it.
import type { EpochMs } from '@wattlock/core';

export interface View {
  /** Columns there are; tables that are wider are shown row by row. */
  readonly width: number;
  /** An instant as ISO 8601 in the zone of the reader. */
  time(instant: number): string;
  /** How far an instant is away, such as `in 23 h 40 min` or `5 min ago`. */
  distance(instant: number): string;
}

/** @param timeZone UTC or a name of the IANA database. */
export function newView(timeZone: string, now: EpochMs, width: number): View {
  return {
    width,
    time: timeZone === 'UTC' ? timeInUtc : (instant) => timeIn(timeZone, instant),
    distance: (instant) => {
      const length = duration(Math.abs(instant - now));
      return instant >= now ? `in ${length}` : `${length} ago`;
    },
  };
}

const timeInUtc = (instant: number): string => new Date(instant).toISOString();

/** The offset is asked of the zone at that instant, so summer time shows as it was. */
function timeIn(timeZone: string, instant: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    instant,
  );
  const named = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '00', minutes = '00'] = /^GMT([+-])(\d{2}):(\d{2})/.exec(named) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return `${timeInUtc(instant + ahead).slice(0, -1)}${sign}${hours}:${minutes}`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two largest units, rounded down: what is left is never overstated. */
function duration(ms: number): string {
  let rest = Math.floor(ms / 1000);
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}
