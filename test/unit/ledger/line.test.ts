// The connection to a peer when it dies unnoticed: silence, while a new connection would be answered.
import { Client, credentials, Server, ServerCredentials, status, type ServiceError } from '@grpc/grpc-js';
import { machineClock, newLine, type Dialled, type Line } from '@wattlock/gateway';
import { expect } from 'chai';
import { Relay } from '../../support/relay';

const bytes = (message: Buffer): Buffer => message;
const METHOD = {
  ...{ requestStream: false, responseStream: false },
  ...{ requestSerialize: bytes, requestDeserialize: bytes },
  ...{ responseSerialize: bytes, responseDeserialize: bytes },
};

/** A gRPC server with a method that answers and one that does not until it is told to. */
class Peer {
  readonly server = new Server();
  private held: (() => void)[] = [];

  async start(): Promise<number> {
    this.server.addService(
      {
        now: { ...METHOD, path: '/test.Peer/Now' },
        later: { ...METHOD, path: '/test.Peer/Later' },
      },
      {
        now: (_call: unknown, reply: (error: null, answer: Buffer) => void) => {
          reply(null, Buffer.from('now'));
        },
        later: (_call: unknown, reply: (error: null, answer: Buffer) => void) => {
          this.held.push(() => {
            reply(null, Buffer.from('later'));
          });
        },
      },
    );
    return new Promise((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  }

  answerHeld(): void {
    for (const answer of this.held.splice(0)) answer();
  }
}

describe('the line to a peer', () => {
  const peer = new Peer();
  let relay: Relay;
  let line: Line<Dialled>;
  let port: number;
  before(async () => {
    port = await peer.start();
  });
  after(() => {
    peer.server.forceShutdown();
  });
  beforeEach(async () => {
    relay = await Relay.to(port);
    line = newLine(
      () => {
        const options = { 'grpc.use_local_subchannel_pool': 1 };
        const grpc = new Client(`localhost:${relay.port}`, credentials.createInsecure(), options);
        return {
          grpc,
          close: () => {
            grpc.close();
          },
        };
      },
      machineClock,
      200,
    );
  });
  afterEach(() => {
    line.close();
    relay.close();
  });

  /** Calls a method on a line; what it answers, or the status it fails with. */
  const call = ({ grpc }: Dialled, method: 'Now' | 'Later', limitMs: number): Promise<string | status> =>
    new Promise((resolve) => {
      const answered = (error: ServiceError | null, answer?: Buffer): void => {
        resolve(error === null ? String(answer) : error.code);
      };
      const deadline = { deadline: Date.now() + limitMs };
      grpc.makeUnaryRequest(`/test.Peer/${method}`, bytes, bytes, Buffer.alloc(0), deadline, answered);
    });

  it('is replaced once when nothing comes back on it', async () => {
    const first = line.present;
    expect(await call(first, 'Now', 5_000)).to.equal('now');
    relay.strikeDumb();
    expect(await call(first, 'Now', 50)).to.equal(status.DEADLINE_EXCEEDED);
    expect(await Promise.all([line.unanswered(first), line.unanswered(first)])).to.deep.equal([true, true]);
    expect(await call(line.present, 'Now', 5_000)).to.equal('now');
    expect(relay.connections).to.equal(2);
    expect(await line.unanswered(first)).to.equal(true);
    expect(relay.connections).to.equal(2);
  });

  it('stays when the server is merely slow, and what waits on it is answered', async () => {
    const first = line.present;
    const waiting = call(first, 'Later', 60_000);
    expect(await call(first, 'Later', 50)).to.equal(status.DEADLINE_EXCEEDED);
    expect(await line.unanswered(first)).to.equal(false);
    expect(line.present).to.equal(first);
    peer.answerHeld();
    expect(await waiting).to.equal('later');
    expect(relay.connections).to.equal(1);
  });
});
