// Many reads and writes in one message to the peer: their bytes, and what happens when a peer does not know them.
// The conversation is the shim's own; only the peer on its other end is made up.
import { prepareShim, readAll, writeAll, type Write } from '@wattlock/chaincode-fabric';
import { peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

type Stub = Parameters<typeof readAll>[0];

interface Shim {
  readonly handler: {
    readonly ChaincodeMessageHandler: new (
      stream: EventEmitter,
      chaincode: object,
    ) => { chat(starter: peer.ChaincodeMessage): void };
  };
  readonly stub: new (handler: object, channel: string, txId: string, input: peer.ChaincodeInput) => Stub;
}

prepareShim();
const load = createRequire(__filename);
const { ChaincodeMessageHandler } = load('fabric-shim/lib/handler') as Shim['handler'];
const ChaincodeStub = load('fabric-shim/lib/stub') as Shim['stub'];

const TYPE = peer.ChaincodeMessage.Type;
const [WRITE_BATCH, READ_MANY] = [24, 25];
const REFUSED = 'refused';

/** What a peer announces: {useWriteBatch, maxSizeWriteBatch: 3, useGetMultipleKeys, maxSizeGetMultipleKeys: 2}. */
const ABLE = '0801100318012002';
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** A peer that answers messages of a type with a payload in hex, and keeps what it was sent as `type payload`. */
function aPeer(
  ready: string,
  answers: Readonly<Record<number, string>> = {},
): { sent: string[]; stub: Stub } {
  const sent: string[] = [];
  const say = (type: number, payload: Uint8Array): void => {
    const message = new peer.ChaincodeMessage();
    message.setType(type as 0);
    message.setPayload(payload);
    message.setTxid('tx');
    message.setChannelId('power');
    stream.emit('data', message);
  };
  const write = (message: peer.ChaincodeMessage): void => {
    if (message.getType() === TYPE.REGISTER) return;
    sent.push(`${message.getType()} ${hex(message.getPayload_asU8())}`);
    const answer = answers[message.getType()] ?? '';
    queueMicrotask(() => {
      if (answer === REFUSED) say(TYPE.ERROR, Buffer.from(REFUSED));
      else say(TYPE.RESPONSE, Buffer.from(answer, 'hex'));
    });
  };
  const stream = Object.assign(new EventEmitter(), { write });
  const handler = new ChaincodeMessageHandler(stream, {});
  const starter = new peer.ChaincodeMessage();
  starter.setType(TYPE.REGISTER);
  handler.chat(starter);
  say(TYPE.REGISTERED, Buffer.alloc(0));
  say(TYPE.READY, Buffer.from(ready, 'hex'));
  return { sent, stub: new ChaincodeStub(handler, 'power', 'tx', new peer.ChaincodeInput()) };
}

const VALUE: Write = { key: 'k', value: Buffer.from('v') };
const POLICY: Write = { key: 'k', policy: Buffer.from('p') };
const policyText = hex(Buffer.from('VALIDATION_PARAMETER'));

describe('reading many keys of a peer that understands it', () => {
  const found = '0a02' + hex(Buffer.from('v1')) + '0a00';

  it('takes one message, whose answer is in the order of the keys, empty where there is nothing', async () => {
    const { sent, stub } = aPeer(ABLE, { [READ_MANY]: found });
    expect((await readAll(stub, ['k1', 'k2'])).map(text)).to.deep.equal(['v1', '']);
    expect(sent).to.deep.equal([`25 0a02${hex(Buffer.from('k1'))}0a02${hex(Buffer.from('k2'))}`]);
  });

  it('takes a message more whenever the peer’s most is reached', async () => {
    const { sent, stub } = aPeer(ABLE, { [READ_MANY]: found });
    const values = await readAll(stub, ['k1', 'k2', 'k3', 'k4']);
    expect(values.map(text)).to.deep.equal(['v1', '', 'v1', '']);
    expect(sent).to.have.length(2);
  });

  it('of keys and values longer than 127 bytes says their length in more bytes', async () => {
    const long = 'x'.repeat(300);
    const answer = `0aac02${hex(Buffer.from(long))}0a00`;
    const { sent, stub } = aPeer(ABLE, { [READ_MANY]: answer });
    expect((await readAll(stub, [long, 'k'])).map(text)).to.deep.equal([long, '']);
    expect(sent).to.deep.equal([`25 0aac02${hex(Buffer.from(long))}0a016b`]);
  });

  it('sends no message for no keys, and the usual one for a single key', async () => {
    const { sent, stub } = aPeer(ABLE, { [TYPE.GET_STATE]: hex(Buffer.from('v')) });
    expect(await readAll(stub, [])).to.deep.equal([]);
    expect((await readAll(stub, ['k'])).map(text)).to.deep.equal(['v']);
    expect(sent).to.deep.equal([`${TYPE.GET_STATE} 0a016b`]);
  });

  it('fails as the peer words it, and when the peer answers other than it was asked', async () => {
    for (const [answer, message] of [
      [REFUSED, REFUSED],
      ['0a00', 'the peer answered other than it was asked'],
      ['0a05', 'a message ends early'],
      ['0a', 'a message ends early'],
      ['0900', 'a field of wire type 1'],
    ] as const) {
      const { stub } = aPeer(ABLE, { [READ_MANY]: answer });
      const [result] = await Promise.allSettled([readAll(stub, ['k1', 'k2'])]);
      expect(result.status === 'rejected' && (result.reason as Error).message).to.equal(message);
    }
  });
});

describe('sending many writes to a peer that understands it', () => {
  it('takes one message, values and policies in the order they were made', async () => {
    const { sent, stub } = aPeer(ABLE);
    await writeAll(stub, [VALUE, POLICY]);
    const value = '0a016b' + '120176' + '2809';
    const policy = '0a016b' + `22190a14${policyText}120170` + '2815';
    expect(sent).to.deep.equal([`24 0a08${value}0a20${policy}`]);
  });

  it('takes a message more whenever the peer’s most is reached', async () => {
    const { sent, stub } = aPeer(ABLE);
    await writeAll(stub, [VALUE, POLICY, VALUE, POLICY]);
    expect(sent.map((each) => each.split(' ')[0])).to.deep.equal(['24', '24']);
  });

  it('sends no message for no writes, and the usual one for a single write', async () => {
    const { sent, stub } = aPeer(ABLE);
    await writeAll(stub, []);
    await writeAll(stub, [VALUE]);
    expect(sent).to.deep.equal([`${TYPE.PUT_STATE} 0a016b120176`]);
  });

  it('fails as the peer words it', async () => {
    const { stub } = aPeer(ABLE, { [WRITE_BATCH]: REFUSED });
    const [result] = await Promise.allSettled([writeAll(stub, [VALUE, POLICY])]);
    expect(result.status === 'rejected' && (result.reason as Error).message).to.equal(REFUSED);
  });
});

describe('a peer that does not understand many in one message', () => {
  for (const [name, ready] of [
    ['announces nothing', ''],
    ['announces them as switched off', '0800100318002002'],
    ['names no most', '08011801'],
  ] as const) {
    it(`is sent one for each key when it ${name}`, async () => {
      const { sent, stub } = aPeer(ready, { [TYPE.GET_STATE]: hex(Buffer.from('v')) });
      expect((await readAll(stub, ['k1', 'k2'])).map(text)).to.deep.equal(['v', 'v']);
      await writeAll(stub, [VALUE, POLICY]);
      const { GET_STATE, PUT_STATE, PUT_STATE_METADATA } = TYPE;
      const types = sent.map((each) => Number(each.split(' ')[0]));
      expect(types).to.deep.equal([GET_STATE, GET_STATE, PUT_STATE, PUT_STATE_METADATA]);
    });
  }
});
