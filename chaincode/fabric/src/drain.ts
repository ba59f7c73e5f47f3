// Invocations in flight: counted, so that a stop can wait for them. A peer keeps its one stream open for ever,
// which is why the gRPC server's own graceful stop would never end.
import type { ChaincodeInterface } from 'fabric-shim';

type Stub = Parameters<ChaincodeInterface['Invoke']>[0];
type Response = Awaited<ReturnType<ChaincodeInterface['Invoke']>>;

const REFUSED: Response = { status: 500, message: 'the chaincode server is stopping' };

/** A chaincode that can be told to stop. */
export interface DrainableChaincode extends ChaincodeInterface {
  /** Refuses new invocations and resolves when the last one in flight has been answered. */
  drain(): Promise<void>;
}

/** Counts the invocations of a chaincode. */
export function drainable(chaincode: ChaincodeInterface): DrainableChaincode {
  let inFlight = 0;
  const waiting: (() => void)[] = [];

  const counted = async (invoke: () => Promise<Response>): Promise<Response> => {
    if (waiting.length > 0) return REFUSED;
    inFlight += 1;
    try {
      return await invoke();
    } finally {
      inFlight -= 1;
      if (inFlight === 0) for (const resolve of waiting) resolve();
    }
  };

  return {
    Init: (stub: Stub) => counted(() => chaincode.Init(stub)),
    Invoke: (stub: Stub) => counted(() => chaincode.Invoke(stub)),
    drain: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (inFlight === 0) resolve();
      }),
  };
}
