// The parts of fabric-shim that a peer talks to and that its own types leave out.
declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  import type { ChaincodeResponse, ChaincodeStub } from 'fabric-shim';
  class ChaincodeFromContract {
    constructor(
      contracts: unknown[],
      serializers: { transaction: string; serializers: Record<string, unknown> },
      metadata: object,
      title: string,
      version: string,
    );
    defaultContractName: string;
    Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse | undefined>;
  }
  export = ChaincodeFromContract;
}

declare module 'fabric-shim/lib/stub.js' {
  import type { peer } from '@hyperledger/fabric-protos';
  import type { ChaincodeStub as Public } from 'fabric-shim';
  interface ChaincodeStub extends Public {
    readonly chaincodeEvent?: peer.ChaincodeEvent;
  }
  const ChaincodeStub: new (
    handler: object,
    channel: string,
    txId: string,
    input: peer.ChaincodeInput,
    proposal: peer.SignedProposal,
  ) => ChaincodeStub;
  export = ChaincodeStub;
}

declare module 'fabric-shim/lib/iterators.js' {
  import type { peer } from '@hyperledger/fabric-protos';
  type Iterator = new (
    handler: object,
    channel: string,
    txId: string,
    response: peer.QueryResponse,
  ) => object;
  export const StateQueryIterator: Iterator;
  export const HistoryQueryIterator: Iterator;
}

declare module 'fabric-shim/lib/logger.js' {
  interface ShimLogger {
    silent: boolean;
    debug: (...parts: unknown[]) => unknown;
    readonly transports: { silent?: boolean }[];
    readonly exceptions: { unhandle(): void };
  }
  export function getLogger(name?: string): ShimLogger;
}

declare module 'fabric-contract-api/lib/logger.js' {
  export * from 'fabric-shim/lib/logger.js';
}
