// Stopping a chaincode server: what is in flight is answered, although a peer keeps its stream open for ever.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { drainable, serverOptions } from '@wattlock/chaincode-fabric';
import { expect } from 'chai';
import { consortium, present } from '../../support/embedded';
import { propose } from '../../support/fabric-client';

const { Type } = peer.ChaincodeMessage;
type Message = peer.ChaincodeMessage;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Probe {
  readonly address: string;
  readonly server: ChildProcess;
  /** What it has written to stdout. */
  readonly output: readonly string[];
}

/** A chaincode server of the probe contract, once it listens. */
async function startProbe(): Promise<Probe> {
  const address = `127.0.0.1:${await freePort()}`;
  const program = require.resolve('@wattlock/probe').replace(/index\.js$/, 'server.js');
  const server = spawn(process.execPath, [program], {
    env: { CHAINCODE_ID: 'probe:1', CHAINCODE_SERVER_ADDRESS: address },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const output: string[] = [];
  server.stdout.on('data', (text: Buffer) => output.push(text.toString()));
  await once(server.stdout, 'data');
  return { address, server, output };
}

/** The peer's side of the conversation, as far as a test needs it. */
class PeerStream {
  readonly #client: Client;
  readonly #stream: ClientDuplexStream<Message, Message>;
  readonly #messages: AsyncIterator<Message>;

  constructor(address: string) {
    this.#client = new Client(address, credentials.createInsecure());
    // Not the generated client: it insists on its own copy of the classes, and a test run loads two.
    this.#stream = this.#client.makeBidiStreamRequest<Message, Message>(
      '/protos.Chaincode/Connect',
      (message) => Buffer.from(message.serializeBinary()),
      (bytes) => peer.ChaincodeMessage.deserializeBinary(bytes),
    );
    this.#stream.on('error', () => undefined);
    this.#messages = (this.#stream as AsyncIterable<Message>)[Symbol.asyncIterator]();
  }

  async register(): Promise<void> {
    await this.next(Type.REGISTER);
    for (const type of [Type.REGISTERED, Type.READY]) this.send(type, 'none', new Uint8Array());
  }

  send(type: number, txId: string, payload: Uint8Array, proposal?: peer.SignedProposal): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type as ReturnType<Message['getType']>);
    message.setTxid(txId);
    message.setChannelId('power');
    message.setPayload(payload);
    message.setProposal(proposal);
    this.#stream.write(message);
  }

  async invoke(fn: string, document: string): Promise<string> {
    const { clients } = await consortium();
    const args = [fn, document];
    const { signed, txId } = propose(present(clients.get('Org1MSP')), {
      channel: 'power',
      chaincode: 'probe',
      args,
    });
    const input = new peer.ChaincodeInput();
    input.setArgsList(args.map((arg) => Buffer.from(arg)));
    const proposal = peer.SignedProposal.deserializeBinary(signed);
    this.send(Type.TRANSACTION, txId, input.serializeBinary(), proposal);
    return txId;
  }

  /** The next message, which must be of this type. */
  async next(type: number): Promise<Message> {
    const result = await this.#messages.next();
    if (result.done === true) throw new Error('the stream ended');
    expect(result.value.getType()).to.equal(type);
    return result.value;
  }

  async nextStatus(): Promise<number> {
    const message = await this.next(Type.COMPLETED);
    return peer.Response.deserializeBinary(message.getPayload_asU8()).getStatus();
  }

  close(): void {
    this.#client.close();
  }
}

describe('a chaincode server that is told to stop', () => {
  it('answers what is in flight, refuses what comes after, and exits cleanly with a peer still connected', async () => {
    const { address, server, output } = await startProbe();
    const stream = new PeerStream(address);
    try {
      await stream.register();
      const txId = await stream.invoke('Create', '{"key":"k","value":"v"}');
      await stream.next(Type.GET_STATE);
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      // The signal and the stream are not ordered: ask until the server refuses, which shows that it is stopping.
      for (;;) {
        await stream.invoke('Empty', '{}');
        if ((await stream.nextStatus()) === 500) break;
      }
      stream.send(Type.RESPONSE, txId, new Uint8Array());
      await stream.next(Type.PUT_STATE);
      stream.send(Type.RESPONSE, txId, new Uint8Array());
      expect(await stream.nextStatus()).to.equal(200);
      expect(await exited).to.deep.equal([0, null]);
      expect(output.join('')).to.match(/^listening [^\n]+\n$/);
    } finally {
      stream.close();
      server.kill('SIGKILL');
    }
  });
});

describe('draining', () => {
  const stub = {} as Parameters<ReturnType<typeof drainable>['Invoke']>[0];

  it('is done at once when nothing is in flight', async () => {
    const answer = () => Promise.resolve({ status: 200 });
    await drainable({ Init: answer, Invoke: answer }).drain();
  });

  it('waits for the last invocation, failed or not', async () => {
    const ends: ((error?: Error) => void)[] = [];
    const wait = () =>
      new Promise<{ status: number }>((resolve, reject) => {
        ends.push((error) => {
          if (error === undefined) resolve({ status: 200 });
          else reject(error);
        });
      });
    const chaincode = drainable({ Init: wait, Invoke: wait });
    const answers = Promise.allSettled([chaincode.Invoke(stub), chaincode.Init(stub)]);
    let drained = false;
    const draining = chaincode.drain().then(() => (drained = true));
    ends[0]?.();
    await new Promise(setImmediate);
    expect(drained).to.equal(false);
    ends[1]?.(new Error('failed'));
    await draining;
    expect((await answers).map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected']);
  });
});

describe("a chaincode server's settings", () => {
  const plain = { CHAINCODE_ID: 'id', CHAINCODE_SERVER_ADDRESS: 'localhost:1' };

  it('name what is missing', () => {
    expect(() => serverOptions({})).to.throw('set CHAINCODE_ID');
    expect(() => serverOptions({ CHAINCODE_ID: 'id' })).to.throw('set CHAINCODE_SERVER_ADDRESS');
  });

  it('do not fall back to plain text when only a part of TLS is set', () => {
    const partly = { ...plain, CHAINCODE_TLS_CLIENT_CA_FILE: 'ca.pem' };
    expect(() => serverOptions(partly)).to.throw('set CHAINCODE_TLS_KEY_FILE');
    expect(serverOptions(plain)).not.to.have.property('tlsProps');
  });

  it('read the keys of mutual TLS', () => {
    const file = __filename;
    const tls = serverOptions({
      ...plain,
      CHAINCODE_TLS_KEY_FILE: file,
      CHAINCODE_TLS_CERT_FILE: file,
      CHAINCODE_TLS_CLIENT_CA_FILE: file,
    });
    expect(tls.tlsProps).to.have.all.keys('key', 'cert', 'clientCACerts');
  });
});
