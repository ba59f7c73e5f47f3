// A gRPC connection that can die unnoticed, and be replaced. When a peer is killed just as something is written to it,
// Node's HTTP/2 session loses its socket and is told of no end: every later call on it waits out its deadline. gRPC's own
// pings would notice, but Fabric's peers take no more than one a minute.
import type { Clock } from '../../clock';
import { status, type Client as GrpcClient } from '@grpc/grpc-js';

/** A client and whatever works through it. */
export interface Dialled {
  readonly grpc: GrpcClient;
  /** Lets calls that are under way run on; streams, which have no deadline, are for whoever closes this to end. */
  close(): void;
}

export interface Line<T extends Dialled> {
  /** What calls go through now: to be taken anew for each. */
  readonly present: T;
  /**
   * To be told when a call had no answer in time. A line on which nothing at all comes back is replaced and closed; a server
   * that is merely slow keeps its line.
   * @returns whether there is another line now than the one of the call
   */
  unanswered(call: T): Promise<boolean>;
  close(): void;
}

const ASK_LIMIT_MS = 2_000;

/** A line that is dialled when it is first used. */
export function newLine<T extends Dialled>(
  dial: () => T,
  clock: Pick<Clock, 'now'>,
  askLimitMs = ASK_LIMIT_MS,
): Line<T> {
  let present = dial();
  let asking: Promise<void> | undefined;

  const replaceUnlessAnswered = async (): Promise<void> => {
    const asked = present;
    if (await answers(asked.grpc, clock.now() + askLimitMs)) return;
    present = dial();
    asked.close();
  };

  return {
    get present() {
      return present;
    },
    async unanswered(call) {
      if (call === present) {
        asking ??= replaceUnlessAnswered().finally(() => {
          asking = undefined;
        });
        await asking;
      }
      return call !== present;
    },
    close() {
      present.close();
    },
  };
}

/** Whether anything comes back, be it that there is no such method, or that the client knows its connection broken. */
function answers(grpc: GrpcClient, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    const bytes = (message: Buffer): Buffer => message;
    grpc.makeUnaryRequest('/wattlock.Line/Ask', bytes, bytes, Buffer.alloc(0), { deadline }, (error) => {
      resolve(error?.code !== status.DEADLINE_EXCEEDED);
    });
  });
}
