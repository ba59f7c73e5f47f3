// Blocks of the embedded ledger: a chain that anybody can check from its bytes, cut as load demands, read as it grows.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { openTestLedger, present, readBlock, type TestLedger } from '../../support/embedded';

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** DER of a header with hashes of 32 bytes or none, written from the ASN.1, not from the ledger's code. */
function headerBytes(header: common.BlockHeader): Buffer {
  const number = BigInt(header.getNumber()).toString(16);
  const digits = Buffer.from(number.length % 2 === 1 ? `0${number}` : number, 'hex');
  const magnitude = present(digits[0]) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  const body = Buffer.concat([
    Buffer.of(2, magnitude.length),
    magnitude,
    Buffer.of(4, header.getPreviousHash().length === 0 ? 0 : 32),
    header.getPreviousHash_asU8(),
    Buffer.of(4, 32),
    header.getDataHash_asU8(),
  ]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

describe('embedded blocks', () => {
  let test: TestLedger;
  afterEach(() => test.ledger.close());

  const blocks = (): common.Block[] =>
    Array.from({ length: test.channel.height() }, (_, n) => readBlock(present(test.channel.block(n))).block);

  it('form a hash chain that holds when computed anew from their bytes', async () => {
    test = await openTestLedger({ cut: { maxMessages: 1, maxWaitMs: 0 } });
    for (let i = 0; i < 130; i++)
      await test.channel.broadcast((await test.prepare('Put', ['k', String(i)])).envelope);
    await test.submit('Put', ['k', 'last']);
    let previous: Buffer = Buffer.alloc(0);
    for (const [number, block] of blocks().entries()) {
      const header = present(block.getHeader());
      expect(header.getNumber()).to.equal(number);
      expect(Buffer.from(header.getPreviousHash_asU8()).equals(previous), `link of ${number}`).to.equal(true);
      const data = present(block.getData()).getDataList_asU8();
      expect(sha256(...data).equals(header.getDataHash_asU8()), `data of ${number}`).to.equal(true);
      previous = sha256(headerBytes(header));
    }
    expect(test.channel.height()).to.equal(132);
    expect(test.channel.block(132)).to.equal(undefined);
  });

  it('are signed by the orderer', async () => {
    test = await openTestLedger();
    await test.submit('Put', ['k', 'v']);
    for (const block of blocks()) {
      const slot = present(block.getMetadata()).getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES];
      const metadata = common.Metadata.deserializeBinary(present(slot));
      const [signature] = metadata.getSignaturesList();
      const signed = Buffer.concat([
        metadata.getValue_asU8(),
        present(signature).getSignatureHeader_asU8(),
        headerBytes(present(block.getHeader())),
      ]);
      const key = createPublicKey(test.people.orderer.certificatePem);
      expect(verify('sha256', signed, key, present(signature).getSignature_asU8())).to.equal(true);
    }
  });

  it('begin with the configuration: who the members are', async () => {
    test = await openTestLedger();
    const [first] = present(blocks()[0]?.getData()).getDataList_asU8();
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(present(first)).getPayload_asU8(),
    );
    const header = common.ChannelHeader.deserializeBinary(
      present(payload.getHeader()).getChannelHeader_asU8(),
    );
    expect([header.getType(), header.getChannelId()]).to.deep.equal([common.HeaderType.CONFIG, 'power']);
    const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
    const application = config?.getChannelGroup()?.getGroupsMap().get('Application');
    expect(application?.getGroupsMap().getLength()).to.equal(3);
    expect(test.channel.height()).to.equal(1);
  });

  it('hold all that came while the one before was being committed', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = (): void => undefined;
    const committing = new Promise<void>((resolve) => (begun = resolve));
    const beforeCommit = (): Promise<void> => {
      begun();
      return held;
    };
    test = await openTestLedger({ faults: { beforeCommit } });
    const prepared = await Promise.all(
      Array.from({ length: 40 }, (_, i) => test.prepare('Put', [`k${i}`, 'v'])),
    );
    const [first, ...rest] = prepared.map(({ envelope }) => envelope);
    await test.channel.broadcast(present(first));
    await committing;
    await Promise.all(rest.map((envelope) => test.channel.broadcast(envelope)));
    release();
    expect(new Set(await Promise.all(prepared.map(({ txId }) => test.outcome(txId))))).to.deep.equal(
      new Set([0]),
    );
    expect(test.channel.height()).to.equal(3);
  });

  it('are cut when full or when the first message has waited long enough', async () => {
    test = await openTestLedger({ cut: { maxMessages: 3, maxWaitMs: 250 } });
    const prepared = await Promise.all(
      Array.from({ length: 4 }, (_, i) => test.prepare('Put', [`k${i}`, 'v'])),
    );
    await test.commit(...prepared);
    const sizes = blocks().map((block) => block.getData()?.getDataList().length);
    expect(sizes).to.deep.equal([1, 3, 1]);
  });

  it('reach every reader as they come, from wherever it starts, until it stops', async () => {
    test = await openTestLedger({ cut: { maxMessages: 1, maxWaitMs: 0 } });
    const stop = new AbortController();
    const read = async (from: number): Promise<number[]> => {
      const seen: number[] = [];
      for await (const bytes of test.channel.blocks(from, stop.signal)) {
        seen.push(present(readBlock(bytes).block.getHeader()).getNumber());
        if (seen.at(-1) === 3) break;
      }
      return seen;
    };
    const waiting = test.channel.blocks(9, stop.signal)[Symbol.asyncIterator]().next();
    const readers = [read(0), read(2)];
    for (const value of ['a', 'b', 'c']) await test.submit('Put', ['k', value]);
    expect(await Promise.all(readers)).to.deep.equal([
      [0, 1, 2, 3],
      [2, 3],
    ]);
    stop.abort();
    expect(await waiting).to.deep.equal({ done: true, value: undefined });
  });

  it('reach their readers to the last when the ledger is closed, and then end', async () => {
    test = await openTestLedger({ cut: { maxMessages: 100, maxWaitMs: 60_000 } });
    const rest = (async () => {
      const seen: number[] = [];
      for await (const bytes of test.channel.blocks(1))
        seen.push(present(readBlock(bytes).block.getHeader()).getNumber());
      return seen;
    })();
    await test.channel.broadcast((await test.prepare('Put', ['k', 'v'])).envelope);
    await test.ledger.close();
    expect(await rest).to.deep.equal([1]);
  });
});
