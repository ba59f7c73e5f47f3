// Two commands at once on one home: both work, or one says why not, and the home is whole afterwards.
// A few rounds of each pair; `npm run pairs` runs a hundred.
import { expect } from 'chai';
import { layGround, type Ground } from '../support/pairs/homes';
import { startRunners, type Round, type Runners } from '../support/pairs/round';
import { pairsIn, type Pair } from '../support/pairs/table';
import { onOwnNetwork } from '../support/own-network';

const ROUNDS = 3;

describe('two commands at once on a home', function () {
  this.timeout(180_000);
  let ground: Ground;
  let runners: Runners;
  before(async () => {
    ground = await layGround();
    runners = startRunners(ground);
  });
  after(async () => {
    runners.close();
    await ground.remove();
  });

  const roundsOf = async (pair: Pair, count: number): Promise<readonly Round[]> => {
    const done: Round[] = [];
    while (done.length < count) done.push(await runners.round(pair));
    return done;
  };
  const named = (name: string): Pair => {
    const found = pairsIn(ground.folder).find((pair) => pair.name === name);
    if (found === undefined) throw new Error(`no pair ${name}`);
    return found;
  };

  for (const { name, onPeers = false } of pairsIn('')) {
    if (onPeers) continue;
    it(`leave it whole: ${name}`, async () => {
      const rounds = await roundsOf(named(name), ROUNDS);
      expect(rounds.map(({ broken }) => broken)).to.deep.equal(Array(ROUNDS).fill(undefined));
      const bothWorked = rounds.filter(({ ends }) => ends.every((end) => end === 'ok'));
      expect(bothWorked.every(({ overlapped }) => overlapped)).to.equal(true);
    });
  }

  onOwnNetwork('that start real peers', function () {
    this.timeout(180_000);
    it('bring one network up, with one home’s keys', async () => {
      const [round] = await roundsOf(named('network up, network up'), 1);
      expect(round).to.deep.equal({ overlapped: true, ends: ['ok', 'ok'], broken: undefined });
    });
  });
});
