// What people see: nothing that a terminal obeys, turns round or hides, and tables that fit it.
import { table } from '@wattlock/gateway';
import { expect } from 'chai';
import { runLine } from '../../support/command-line';

/** A text that would colour, hide, turn round and forge lines on a terminal. */
const HOSTILE = 'a\u001b[31mb\u009bc\u202ed\u200be\u2028f\ufefff\u0007\u00ad\u3164';
const SHOWN = 'a\\u{1b}[31mb\\u{9b}c\\u{202e}d\\u{200b}e\\u{2028}f\\u{feff}f\\u{7}\\u{ad}\\u{3164}';

const COLUMNS = [
  { heading: 'POINT', of: (row: readonly [string, string]) => row[0] },
  { heading: 'PLACE', of: (row: readonly [string, string]) => row[1] },
];

describe('text on a terminal', () => {
  it('shows in a table what would not be seen, and forges no row', () => {
    expect(table([[HOSTILE, 'x\ny']], COLUMNS, '')).to.equal(
      ['POINT'.padEnd(SHOWN.length) + '  PLACE', `${SHOWN}  x\\u{a}y`].join('\n'),
    );
  });

  it('leaves letters of every script as they are', () => {
    const place = '秋田 Übersee مدينة 😀';
    expect(table([['p', place]], COLUMNS, '')).to.include(place);
  });

  it('shows in an error what was typed', async () => {
    const { stderr } = await runLine(`${HOSTILE}\nhint: pay`);
    expect(stderr).to.include(SHOWN);
    for (const unseen of HOSTILE.replace(/[\w[]/g, '')) expect(stderr).to.not.include(unseen);
    expect(stderr.split('\n').filter((line) => line.startsWith('hint:'))).to.have.length(1);
  });

  it('escapes it in JSON so that the document stays the same', async () => {
    const { stdout } = await runLine('--output', 'json', HOSTILE);
    expect(stdout).to.match(/^[\n -~]*$/);
    const { error } = JSON.parse(stdout) as { error: { message: string } };
    expect(error.message).to.include(HOSTILE);
  });
});

describe('a table', () => {
  const rows = [
    ['solar-1', 'Akita'],
    ['wind-1', 'Wakkanai'],
  ] as const;

  it('stands in columns where it fits', () => {
    expect(table(rows, COLUMNS, '', 17)).to.equal('POINT    PLACE\nsolar-1  Akita\nwind-1   Wakkanai');
  });

  it('shows its rows one below the other where it does not', () => {
    expect(table(rows, COLUMNS, '', 16)).to.equal(
      'POINT  solar-1\nPLACE  Akita\n\nPOINT  wind-1\nPLACE  Wakkanai',
    );
  });

  it('says that there is nothing', () => {
    expect(table([], COLUMNS, 'no points', 1)).to.equal('no points');
  });
});
