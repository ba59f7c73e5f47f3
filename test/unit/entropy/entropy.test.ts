// Randomness by seed: the same again for the same seed, another for another, spread evenly.
import { expect } from 'chai';
import { freshHex, machineEntropy, seededEntropy } from '@wattlock/gateway';

describe('randomness by seed', () => {
  it('gives the same bytes again for the same seed, however they are asked for', () => {
    const whole = seededEntropy('a').bytes(100);
    const some = seededEntropy('a');
    const parts = [7, 33, 60].map((count) => some.bytes(count));
    expect(Buffer.concat(parts)).to.deep.equal(Buffer.from(whole));
  });

  it('never gives the same bytes twice, nor those of another seed', () => {
    const [a, b] = [seededEntropy('a'), seededEntropy('b')];
    const drawn = [a, b].flatMap((entropy) => Array.from({ length: 500 }, () => freshHex(entropy, 16)));
    expect(new Set(drawn).size).to.equal(1_000);
  });

  it('spreads fractions from 0 to below 1', () => {
    const entropy = seededEntropy('a');
    const drawn = Array.from({ length: 1_000 }, () => entropy.fraction());
    expect(Math.min(...drawn)).to.be.within(0, 0.02);
    expect(Math.max(...drawn)).to.be.within(0.98, 0.999999);
  });
});

describe('the machine’s randomness', () => {
  it('gives as many bytes as are asked for', () => {
    expect(machineEntropy.bytes(32)).to.have.length(32);
    expect(freshHex(machineEntropy, 4)).to.match(/^[0-9a-f]{8}$/);
    expect(machineEntropy.fraction()).to.be.within(0, 1);
  });
});
