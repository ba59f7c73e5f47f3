// The choice of a ledger for each channel, as `--ledger` takes it.
import { expect } from 'chai';
import { LEDGER_CHOICES, parseLedgerChoice } from '@wattlock/gateway';

describe('the choice of ledgers', () => {
  it('is one kind for both channels, or one for each', () => {
    expect(Object.keys(LEDGER_CHOICES).map(parseLedgerChoice)).to.deep.equal(Object.keys(LEDGER_CHOICES));
    expect(LEDGER_CHOICES['power=fabric,certificate=embedded']).to.deep.equal({
      power: 'fabric',
      certificate: 'embedded',
    });
  });

  it('may name channels in any order, and the same kind twice', () => {
    expect(parseLedgerChoice('certificate=fabric,power=embedded')).to.equal(
      'power=embedded,certificate=fabric',
    );
    expect(parseLedgerChoice('certificate=fabric,power=fabric')).to.equal('fabric');
  });

  for (const text of [
    '',
    'paper',
    'power',
    'power=embedded',
    'power=embedded,power=fabric',
    'power=embedded,certificate=paper',
    'power=embedded,certificate=fabric,audit=fabric',
    'embedded,fabric',
  ]) {
    it(`is not "${text}"`, () => {
      expect(parseLedgerChoice(text)).to.equal(undefined);
    });
  }
});
