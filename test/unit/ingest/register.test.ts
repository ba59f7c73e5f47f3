// Cumulative registers: energy is a difference, and a meter's faults neither make nor lose any.
import { expect } from 'chai';
import type { EpochMs } from '@wattlock/core';
import { csv, parsed, REGISTER, slotsOf, type ParseWish } from '../../support/meter';

/** Readings at times of 2026-05-01; `day hh:mm` names another day of May. */
function readings(entries: Readonly<Record<string, string>>): string {
  const rows = Object.entries(entries).map(([time, value]) => {
    const [day, clock] = time.includes(' ') ? time.split(' ') : ['01', time];
    return `2026-05-${day ?? ''}T${clock ?? ''}Z,${value}`;
  });
  return csv('time,value', ...rows);
}

const read = (entries: Readonly<Record<string, string>>, wish: ParseWish = {}) =>
  parsed(readings(entries), { ...wish, options: { ...REGISTER, ...wish.options } });

describe('reading a meter file of a cumulative register', () => {
  it('counts the difference between readings, from the first one on', async () => {
    const file = await read({
      '00:00': '5220831',
      '01:00': '5220831',
      '02:00': '5220832.25',
      '03:00': '5220890',
    });
    expect(slotsOf(file)).to.deep.equal({
      '2026-05-01/0': '0',
      '2026-05-01/1': '1250',
      '2026-05-01/2': '57750',
    });
    expect(file).to.include({ rows: 4, accepted: 4 });
    expect(file.rejected).to.deep.equal([]);
  });

  it('conserves energy when the register drops to 0 and comes back', async () => {
    const file = await read({
      '00:00': '1000',
      '01:00': '0',
      '02:00': '0',
      '03:00': '1030',
      '04:00': '1040',
    });
    expect(slotsOf(file)).to.deep.equal({
      '2026-05-01/0': '10000e',
      '2026-05-01/1': '10000e',
      '2026-05-01/2': '10000e',
      '2026-05-01/3': '10000',
    });
    expect(file.rejected).to.deep.equal([
      { row: 2, code: 'REGISTER_DROP' },
      { row: 3, code: 'REGISTER_DROP' },
    ]);
  });

  it('spreads what a gap holds evenly and exactly, and says that it is estimated', async () => {
    const file = await read({ '00:00': '0', '01:00': '1', '02:00': '2', '05:00': '2.1' });
    expect(slotsOf(file)).to.deep.equal({
      '2026-05-01/0': '1000',
      '2026-05-01/1': '1000',
      '2026-05-01/2': '33e',
      '2026-05-01/3': '33e',
      '2026-05-01/4': '34e',
    });
  });

  it('knows each slot of a gap in which the register stood still', async () => {
    const file = await read({ '00:00': '7', '01:00': '7', '02:00': '7', '05:00': '7' });
    expect(Object.values(slotsOf(file))).to.deep.equal(['0', '0', '0', '0', '0']);
  });

  it('sums finer readings into slots and parts those across a boundary by time', async () => {
    const file = await read({
      '00:20': '0',
      '00:40': '2',
      '01:00': '4',
      '01:20': '5',
      '01:50': '8',
      '02:10': '12',
    });
    expect(slotsOf(file)).to.deep.equal({
      '2026-05-01/0': '4000',
      '2026-05-01/1': '6000e',
      '2026-05-01/2': '2000e',
    });
  });

  it('rejects a reading that the plant cannot have reached, and counts on from the last good one', async () => {
    const file = await read({ '00:00': '10', '01:00': '136', '02:00': '30', '03:00': '155.001' });
    expect(file.rejected).to.deep.equal([
      { row: 2, code: 'SLOT_OVER_CAPACITY' },
      { row: 4, code: 'SLOT_OVER_CAPACITY' },
    ]);
    expect(slotsOf(file)).to.deep.equal({ '2026-05-01/0': '10000e', '2026-05-01/1': '10000e' });
  });

  it('does not take zeros before an impossible first rise for a reading', async () => {
    const file = await read({ '00:00': '0', '01:00': '0', '02:00': '5220831', '03:00': '5220840' });
    expect(file.rejected.map(({ row, code }) => `${row} ${code}`)).to.deep.equal([
      '1 REGISTER_DROP',
      '2 REGISTER_DROP',
    ]);
    expect(slotsOf(file)).to.deep.equal({ '2026-05-01/2': '9000' });
  });

  it('starts anew after a gap too long to attribute', async () => {
    const file = await parsed(
      csv(
        'time,value',
        '2020-01-01T00:00Z,1',
        '2026-05-01T00:00Z,5',
        '2026-05-01T01:00Z,6',
        '2026-05-01T02:00Z,7',
      ),
      { options: REGISTER },
    );
    expect(file.rejected).to.deep.equal([
      { row: 1, code: 'REGISTER_BASE' },
      { row: 2, code: 'REGISTER_GAP' },
    ]);
    expect(file.energyWh).to.equal(2000n);
  });

  it('counts nothing from a single reading, and says so', async () => {
    const file = await read({ '00:00': '10' });
    expect(file.rejected).to.deep.equal([{ row: 1, code: 'REGISTER_BASE' }]);
    expect(file.days).to.deep.equal([]);
  });

  it('does not let a reading from the future become the base', async () => {
    const now = Date.UTC(2026, 4, 1, 2, 30) as EpochMs;
    const file = await read({ '00:00': '1', '01:00': '2', '03:00': '4', '02:00': '3' }, { now });
    expect(file.rejected).to.deep.equal([{ row: 3, code: 'SLOT_IN_FUTURE' }]);
    expect(file.energyWh).to.equal(2000n);
  });

  it('reads the readings in the order of their times, and equal ones once', async () => {
    const file = await parsed(
      csv(
        'time,value',
        '2026-05-01T02:00Z,3',
        '2026-05-01T00:00Z,1',
        '2026-05-01T01:00Z,2',
        '2026-05-01T01:00Z,2.0',
        '2026-05-01T01:00Z,2.5',
        ',9',
      ),
      { options: REGISTER },
    );
    expect(slotsOf(file)).to.deep.equal({ '2026-05-01/0': '1000', '2026-05-01/1': '1000' });
    expect(file).to.include({ rows: 6, accepted: 3, duplicates: 1 });
    expect(file.rejected).to.deep.equal([
      { row: 5, code: 'ROW_CONFLICT' },
      { row: 6, code: 'BAD_TIME' },
    ]);
  });
});
