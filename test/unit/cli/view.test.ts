// Instants as a reader sees them: in the zone that is asked for, summer time as it was, and how far away they are.
import { expect } from 'chai';
import type { EpochMs } from '@wattlock/core';
import { newView, type View } from '@wattlock/gateway';

const NOW = Date.UTC(2026, 6, 1, 12) as EpochMs;
const viewIn = (zone: string): View => newView(zone, NOW, 80);

describe('an instant for people', () => {
  for (const [zone, instant, shown] of [
    ['UTC', Date.UTC(2026, 0, 2, 3, 4, 5, 6), '2026-01-02T03:04:05.006Z'],
    ['Asia/Tokyo', Date.UTC(2026, 0, 2, 3, 4, 5, 6), '2026-01-02T12:04:05.006+09:00'],
    ['Asia/Tokyo', Date.UTC(2025, 11, 31, 15), '2026-01-01T00:00:00.000+09:00'],
    ['Europe/Berlin', Date.UTC(2026, 0, 1), '2026-01-01T01:00:00.000+01:00'],
    ['Europe/Berlin', Date.UTC(2026, 6, 1), '2026-07-01T02:00:00.000+02:00'],
    ['America/St_Johns', Date.UTC(2026, 0, 1), '2025-12-31T20:30:00.000-03:30'],
    ['Europe/London', Date.UTC(2026, 0, 1), '2026-01-01T00:00:00.000+00:00'],
  ] as const) {
    it(`is ${shown} in ${zone}`, () => {
      expect(viewIn(zone).time(instant)).to.equal(shown);
      expect(Date.parse(viewIn(zone).time(instant))).to.equal(instant);
    });
  }

  for (const [away, shown] of [
    [0, 'in 0 s'],
    [59_999, 'in 59 s'],
    [24 * 3_600_000 - 1, 'in 23 h 59 min'],
    [25 * 3_600_000 + 59_000, 'in 1 d 1 h'],
    [24 * 3_600_000 + 59_000, 'in 1 d 59 s'],
    [-300_000, '5 min ago'],
  ] as const) {
    it(`is ${shown}`, () => {
      expect(viewIn('UTC').distance(NOW + away)).to.equal(shown);
    });
  }
});
