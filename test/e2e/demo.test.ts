// The demo tells the same story on both ledgers, down to the watt-hour.
import { expect } from 'chai';
import { runDemo, type DemoReport } from '@wattlock/gateway';
import { requirePrograms } from '../support/fabric';

/** What must be equal on both ledgers: everything but ids, times and the ledger's name. */
function storyOf(report: DemoReport): unknown {
  const swaps = report.swaps.map(({ embodiment, outcome, lots, energyWh }) => ({
    embodiment,
    outcome,
    lots,
    energyWh,
  }));
  return { plants: report.plants, swaps, refused: report.refused, energy: report.energy };
}

describe('the demo', () => {
  let embedded: DemoReport;

  before(async () => {
    embedded = await runDemo({ ledger: 'embedded' });
  });

  it('ends with a balance that closes', () => {
    const { registeredWh, availableWh, lockedWh, burnedWh, withdrawnWh, certifiedWh, differenceWh } =
      embedded.energy;
    expect(differenceWh).to.equal('0');
    expect(lockedWh).to.equal('0');
    expect(certifiedWh).to.equal(burnedWh);
    const parts = [availableWh, lockedWh, burnedWh, withdrawnWh].map(BigInt);
    expect(parts.reduce((a, b) => a + b)).to.equal(BigInt(registeredWh));
    const imported = embedded.plants.map((plant) => BigInt(plant.energyWh));
    expect(imported.reduce((a, b) => a + b)).to.equal(BigInt(registeredWh));
  });

  it('completes two swaps, lets one expire and one be cancelled, and has two attempts refused', () => {
    expect(embedded.swaps.map(({ embodiment, outcome }) => [embodiment, outcome])).to.deep.equal([
      [4, 'completed'],
      [3, 'completed'],
      [4, 'withdrawn'],
      [4, 'cancelled'],
    ]);
    expect(embedded.refused.map(({ code }) => code)).to.deep.equal(['LOT_ALREADY_CERTIFIED', 'WRONG_SECRET']);
  });

  it('tells the same story on real peers', async function () {
    requirePrograms(this);
    this.timeout(180_000);
    const fabric = await runDemo({ ledger: 'fabric' });
    expect(storyOf(fabric)).to.deep.equal(storyOf(embedded));
  });
});
