// The forkable state beside the ledger file: what is executed and validated over it comes out the same.
import { expect } from 'chai';
import { ForkableChannel, ForkableState, VALIDATION, type ForkTransaction } from '@wattlock/embedded';
import {
  CHAINCODE,
  CHANNEL,
  consortium,
  notebookChannel,
  openTestLedger,
  ORG1,
  ORG2,
  ORG3,
} from '../../support/embedded';

const ALL = [ORG1, ORG2, ORG3];
const ANY_TWO = ['2', JSON.stringify(ALL)] as const;

/** A transaction of a block: function, arguments, endorsers. */
type Entry = readonly [fn: string, args: readonly string[], by: readonly string[]];

describe('a forkable channel', () => {
  let fork: ForkableChannel;
  let calls = 0;

  before(async () => {
    const { clients } = await consortium();
    const certificates = Object.fromEntries(
      [...clients].map(([mspId, { certificatePem }]) => [mspId, certificatePem]),
    );
    fork = new ForkableChannel(notebookChannel(CHANNEL), certificates);
  });

  const prepare = async (state: ForkableState, [fn, args, endorsers]: Entry): Promise<ForkTransaction> => {
    const call = {
      chaincode: CHAINCODE,
      caller: ORG1,
      args: [fn, ...args],
      timestamp: 1_000,
      nonce: `${++calls}`,
    };
    return { ...(await fork.execute(state, call)), endorsers };
  };
  const read = async (state: ForkableState, key: string): Promise<string> => {
    const call = {
      chaincode: CHAINCODE,
      caller: ORG1,
      args: ['Get', key],
      timestamp: 1_000,
      nonce: `${++calls}`,
    };
    return Buffer.from((await fork.execute(state, call)).payload).toString();
  };

  const BLOCKS: readonly (readonly [says: string, blocks: readonly (readonly Entry[])[]])[] = [
    [
      'a write by both organisations of the chaincode policy, and one by a single one',
      [[['Put', ['k', 'v'], [ORG1, ORG2]]], [['Put', ['k', 'w'], [ORG1]]]],
    ],
    [
      'a key-level policy, the pair that it admits, and a second key that falls back',
      [
        [['GuardAndPut', ['k', ...ANY_TWO, 'v'], [ORG1, ORG2]]],
        [['Append', ['k', '1'], [ORG1, ORG3]]],
        [['PutBoth', ['k', 'other', 'w'], [ORG1, ORG3]]],
      ],
    ],
    [
      'a policy set and used in one block',
      [
        [
          ['GuardAndPut', ['k', ...ANY_TWO, 'v'], [ORG1, ORG2]],
          ['Put', ['k', 'w'], ALL],
        ],
      ],
    ],
    [
      'a read that is stale within its block',
      [
        [['Put', ['k', 'v'], [ORG1, ORG2]]],
        [
          ['Append', ['k', '1'], [ORG1, ORG2]],
          ['Append', ['k', '2'], [ORG1, ORG2]],
        ],
      ],
    ],
  ];

  for (const [says, blocks] of BLOCKS) {
    it(`validates as the ledger in the file does: ${says}`, async () => {
      let state = ForkableState.EMPTY;
      const forked: number[] = [];
      for (const block of blocks) {
        const transactions = await Promise.all(block.map((entry) => prepare(state, entry)));
        const commit = fork.commit(state, transactions);
        forked.push(...commit.codes);
        state = commit.state;
      }
      const ledger = await openTestLedger({ cut: { maxMessages: 2, maxWaitMs: 50 } });
      const kept: number[] = [];
      for (const block of blocks) {
        const prepared = await Promise.all(block.map(([fn, args, by]) => ledger.prepare(fn, args, by)));
        kept.push(...(await ledger.commit(...prepared)));
      }
      const value = await ledger.evaluate('Get', ['k']);
      await ledger.ledger.close();
      expect(await read(state, 'k')).to.equal(value);
      expect(forked).to.deep.equal(kept);
    });
  }

  it('goes on from one state in two ways, neither of which sees the other', async () => {
    const put = fork.commit(ForkableState.EMPTY, [
      await prepare(ForkableState.EMPTY, ['Put', ['k', 'v'], [ORG1, ORG2]]),
    ]);
    const one = fork.commit(put.state, [await prepare(put.state, ['Append', ['k', '1'], [ORG1, ORG2]])]);
    const two = fork.commit(put.state, [await prepare(put.state, ['Append', ['k', '2'], [ORG1, ORG2]])]);
    expect([
      await read(one.state, 'k'),
      await read(two.state, 'k'),
      await read(put.state, 'k'),
    ]).to.deep.equal(['v1', 'v2', 'v']);
  });

  it('takes a transaction once', async () => {
    const transaction = await prepare(ForkableState.EMPTY, ['Put', ['k', 'v'], [ORG1, ORG2]]);
    const { state } = fork.commit(ForkableState.EMPTY, [transaction]);
    expect(fork.commit(state, [transaction]).codes).to.deep.equal([VALIDATION.DUPLICATE_TXID]);
  });

  it('passes on a refusal of the contract', async () => {
    const call = {
      chaincode: CHAINCODE,
      caller: ORG1,
      args: ['NoSuchFunction'],
      timestamp: 1_000,
      nonce: 'refused',
    };
    expect((await fork.execute(ForkableState.EMPTY, call)).status).to.be.at.least(400);
  });
});
