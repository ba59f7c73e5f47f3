// Energy: whole watt-hours, exact, never negative, never above what a record may hold.
import { checkSplit, energyField, formatWh, MAX_WH, parseWh, sumWh, ZERO_WH } from '@wattlock/core';
import { expect } from 'chai';
import { wh } from '../../support/domain';
import { codeOf, refusalOf } from '../../support/refusal';

describe('energy', () => {
  it('is read from and written as a decimal string, exactly, up to 2^63 - 1 Wh', () => {
    for (const decimal of ['0', '1', '9007199254740993', '9223372036854775807']) {
      expect(formatWh(parseWh(decimal))).to.equal(decimal);
    }
    expect(parseWh('9223372036854775807')).to.equal(MAX_WH);
  });

  const malformed = [
    '',
    '-1',
    '+1',
    '01',
    '1.0',
    '1e3',
    ' 1',
    '1\n',
    '0x1',
    '٣',
    '9223372036854775808',
    '9'.repeat(20),
  ];
  for (const other of [...malformed, 1, 1n, null, undefined, ['1']]) {
    it(`is never read from ${typeof other} ${String(other)}`, () => {
      expect(codeOf(() => parseWh(other))).to.equal('BAD_ENERGY');
    });
  }

  it('names the field it was refused in', () => {
    expect(refusalOf(() => parseWh('-1')).details).to.deep.equal({ field: 'energyWh' });
    expect(refusalOf(() => energyField('-1', 'lots[2].energyWh')).details).to.deep.equal({
      field: 'lots[2].energyWh',
    });
  });

  it('sums exactly where floats would not, and nothing sums to zero', () => {
    expect(sumWh([wh(2n ** 53n), wh(1), wh(1)])).to.equal(2n ** 53n + 2n);
    expect(sumWh([])).to.equal(ZERO_WH);
  });

  it('is refused when a sum exceeds what a record may hold', () => {
    expect(sumWh([MAX_WH, ZERO_WH])).to.equal(MAX_WH);
    expect(refusalOf(() => sumWh([MAX_WH, wh(1)]))).to.deep.equal({
      code: 'BAD_ENERGY',
      details: { field: 'sum' },
    });
  });
});

describe('a split', () => {
  it('is two or more parts above zero that sum to the whole', () => {
    expect(() => {
      checkSplit(wh(10), [wh(4), wh(6)]);
      checkSplit(wh(3), [wh(1), wh(1), wh(1)]);
    }).not.to.throw();
  });

  it('is refused when a part is missing, empty, or more or less than the rest', () => {
    for (const parts of [[], [10], [0, 10], [4, 5], [4, 7]]) {
      expect(
        codeOf(() => {
          checkSplit(wh(10), parts.map(wh));
        }),
      ).to.equal('BAD_SPLIT');
    }
  });

  it('that does not sum to the whole is refused with both amounts', () => {
    expect(
      refusalOf(() => {
        checkSplit(wh(10), [wh(4), wh(7)]);
      }).details,
    ).to.deep.equal({
      whole: '10',
      sum: '11',
    });
  });
});
