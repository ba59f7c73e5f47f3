// Every validation code the embedded committer can give, really produced.
import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import {
  BOTH,
  ORG1,
  ORG2,
  ORG3,
  openTestLedger,
  present,
  readBlock,
  type TestLedger,
} from '../../support/embedded';
import { assemble, seal } from '../../support/fabric-client';

const { TxValidationCode: CODE } = peer;

describe('embedded validation', () => {
  let test: TestLedger;
  /** Transactions of one block: as many as are sent together. */
  const open = async (messages: number): Promise<TestLedger> =>
    (test = await openTestLedger({ cut: { maxMessages: messages, maxWaitMs: 60_000 } }));
  afterEach(() => test.ledger.close());

  it('accepts what both organisations endorsed', async () => {
    await open(1);
    expect(await test.submit('Put', ['k', 'v'])).to.equal(CODE.VALID);
    expect(await test.evaluate('Get', ['k'])).to.equal('v');
  });

  it('finds the same transaction sent again a duplicate, and keeps the first outcome', async () => {
    await open(1);
    const transaction = await test.prepare('Put', ['k', 'v']);
    expect(await test.commit(transaction)).to.deep.equal([CODE.VALID]);
    await test.channel.broadcast(transaction.envelope);
    const stop = new AbortController();
    for await (const block of test.channel.blocks(2, stop.signal)) {
      expect(readBlock(block).codes).to.deep.equal([CODE.DUPLICATE_TXID]);
      stop.abort();
    }
    expect(test.channel.transaction(transaction.txId)).to.deep.equal({ code: CODE.VALID, blockNumber: 1 });
  });

  it('finds the second of two equal transactions in one block a duplicate', async () => {
    await open(2);
    const transaction = await test.prepare('Put', ['k', 'v']);
    await test.commit(transaction, transaction);
    expect(readBlock(present(test.channel.block(1))).codes).to.deep.equal([CODE.VALID, CODE.DUPLICATE_TXID]);
    expect(test.channel.transaction(transaction.txId)?.code).to.equal(CODE.VALID);
  });

  it('wants both organisations: one, or one and a third, are not enough', async () => {
    await open(1);
    for (const by of [[ORG1], [ORG2], [ORG1, ORG3]]) {
      expect(await test.submit('Put', ['k', 'v'], by), by.join()).to.equal(CODE.ENDORSEMENT_POLICY_FAILURE);
    }
    expect(await test.evaluate('Get', ['k'])).to.equal('');
  });

  it('counts the endorsements of one identity once', async () => {
    await open(1);
    const proposal = test.propose('Put', ['k', 'v']);
    const responses = await test.endorse(proposal, [ORG1, ORG1]);
    const transaction = { txId: proposal.txId, envelope: assemble(test.client(), proposal, responses) };
    expect(await test.commit(transaction)).to.deep.equal([CODE.ENDORSEMENT_POLICY_FAILURE]);
  });

  it('ignores an endorsement whose signature is wrong', async () => {
    await open(1);
    const proposal = test.propose('Put', ['k', 'v']);
    const responses = await test.endorse(proposal);
    const stolen = present(responses[0]?.getEndorsement()).getSignature_asU8();
    responses[1]?.getEndorsement()?.setSignature(stolen);
    const transaction = { txId: proposal.txId, envelope: assemble(test.client(), proposal, responses) };
    expect(await test.commit(transaction)).to.deep.equal([CODE.ENDORSEMENT_POLICY_FAILURE]);
  });

  it('applies the chaincode policy to a transaction that writes nothing', async () => {
    await open(1);
    expect(await test.submit('Get', ['k'], [ORG1])).to.equal(CODE.ENDORSEMENT_POLICY_FAILURE);
    expect(await test.submit('Get', ['k'], BOTH)).to.equal(CODE.VALID);
  });

  it('refuses a stale read, across blocks and within one', async () => {
    await open(1);
    const stale = await test.prepare('Append', ['k', 'a']);
    expect(await test.submit('Append', ['k', 'b'])).to.equal(CODE.VALID);
    expect(await test.commit(stale)).to.deep.equal([CODE.MVCC_READ_CONFLICT]);
    await test.ledger.close();
    await open(2);
    const [first, second] = [
      await test.prepare('Append', ['k', 'a']),
      await test.prepare('Append', ['k', 'b']),
    ];
    expect(await test.commit(first, second)).to.deep.equal([CODE.VALID, CODE.MVCC_READ_CONFLICT]);
    expect(await test.evaluate('Get', ['k'])).to.equal('a');
  });

  it('lets blind writes of one key pass in one block, the last one standing', async () => {
    await open(2);
    const [first, second] = [await test.prepare('Put', ['k', 'a']), await test.prepare('Put', ['k', 'b'])];
    expect(await test.commit(first, second)).to.deep.equal([CODE.VALID, CODE.VALID]);
    expect(await test.evaluate('Get', ['k'])).to.equal('b');
  });

  const phantoms: Record<string, readonly [fn: string, ...args: string[]]> = {
    'a key that came into the range': ['Put', 'a2', 'v'],
    'a key of the range that was changed': ['Put', 'a1', 'w'],
    'a key of the range that was deleted': ['Delete', 'a3'],
  };
  for (const [what, [fn, ...args]] of Object.entries(phantoms)) {
    it(`refuses a range read because of ${what}, across blocks and within one`, async () => {
      await open(2);
      await test.commit(await test.prepare('Put', ['a1', 'v']), await test.prepare('Put', ['a3', 'v']));
      const [change, count] = [await test.prepare(fn, args), await test.prepare('Count', ['a', 'b', 'n'])];
      expect(await test.commit(change, count)).to.deep.equal([CODE.VALID, CODE.PHANTOM_READ_CONFLICT]);
      const other = await test.prepare('Count', ['a', 'b', 'n']);
      await test.commit(await test.prepare('Put', ['a9', 'v']), await test.prepare('Put', ['b', 'v']));
      const [code] = await test.commit(other, await test.prepare('Put', ['x', 'v']));
      expect(code).to.equal(CODE.PHANTOM_READ_CONFLICT);
    });
  }

  it('lets a range read pass when only keys outside it change', async () => {
    await open(2);
    const [change, count] = [
      await test.prepare('Put', ['b', 'v']),
      await test.prepare('Count', ['a', 'b', 'n']),
    ];
    expect(await test.commit(change, count)).to.deep.equal([CODE.VALID, CODE.VALID]);
  });

  it('refuses a transaction whose inner parts do not belong together', async () => {
    await open(1);
    const [one, two] = [test.propose('Put', ['k', 'v']), test.propose('Put', ['k', 'w'])];
    const mixed = assemble(test.client(), one, await test.endorse(two));
    expect(await test.commit({ txId: one.txId, envelope: mixed })).to.deep.equal([
      CODE.INVALID_ENDORSER_TRANSACTION,
    ]);
    const empty = test.propose('Put', ['k', 'v']);
    const envelope = seal(test.client(), empty.header, new Uint8Array());
    expect(await test.commit({ txId: empty.txId, envelope })).to.deep.equal([
      CODE.INVALID_ENDORSER_TRANSACTION,
    ]);
  });

  it('refuses a made-up transaction id without letting it take the place of the real one', async () => {
    await open(1);
    const good = await test.prepare('Put', ['k', 'v']);
    const forged = test.propose('Put', ['k', 'v'], { txId: good.txId });
    await test.channel.broadcast(assemble(test.client(), forged, []));
    expect(await test.commit(good)).to.deep.equal([CODE.VALID]);
    expect(readBlock(present(test.channel.block(1))).codes).to.deep.equal([CODE.BAD_PROPOSAL_TXID]);
  });

  it('refuses message types it does not know', async () => {
    await open(1);
    const { header } = test.propose('Put', ['k', 'v']);
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    channelHeader.setType(common.HeaderType.MESSAGE);
    header.setChannelHeader(channelHeader.serializeBinary());
    await test.channel.broadcast(seal(test.client(), header, new Uint8Array()));
    await test.submit('Put', ['k', 'v']);
    expect(readBlock(present(test.channel.block(1))).codes).to.deep.equal([CODE.BAD_COMMON_HEADER]);
  });
});
