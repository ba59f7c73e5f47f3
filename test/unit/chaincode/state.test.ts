// Records as contracts read them, whatever two organisations of three wrote under a key of theirs.
import { stateOf } from '@wattlock/chaincode-fabric';
import { readLock, type SwapId } from '@wattlock/core';
import { expect } from 'chai';
import { codeOf } from '../../support/refusal';

type Stub = Parameters<typeof stateOf>[0];

const holding = (bytes: string): Stub =>
  ({ getState: () => Promise.resolve(Buffer.from(bytes, 'latin1')) }) as unknown as Stub;

describe('the state of a channel', () => {
  it('holds no record under a key without bytes', async () => {
    expect(await stateOf(holding('')).get('LOCK~1')).to.equal(undefined);
  });

  it('gives a record as it was written', async () => {
    expect(await stateOf(holding('{"v":2,"state":"OPEN"}')).get('LOCK~1')).to.deep.equal({
      v: 2,
      state: 'OPEN',
    });
  });

  for (const bytes of ['no document', '{"v":2', 'null', '5', '"text"', '[]', '[{}]', '\xff\xfe']) {
    it(`takes ${JSON.stringify(bytes)} for no lock's record`, async () => {
      const record = await stateOf(holding(bytes)).get('LOCK~1');
      expect(codeOf(() => readLock(record ?? {}, '1' as SwapId))).to.equal('LOCK_FORGED');
    });
  }
});
