// Two parts of fabric-shim that its own types leave out: the contract dispatch, and the loggers' level.
declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract' {
  import type { Contract } from 'fabric-contract-api';
  import type { ChaincodeInterface } from 'fabric-shim';

  interface Serializers {
    readonly transaction: string;
    readonly serializers: Readonly<Record<string, unknown>>;
  }

  /** Routes an invocation to the contracts' functions. Appends its own system contract to the array it is given. */
  interface ChaincodeFromContract {
    new (
      contracts: (new () => Contract)[],
      serializers: Serializers,
      metadata: object,
      title: string,
      version: string,
    ): ChaincodeInterface;
  }
  const chaincodeFromContract: ChaincodeFromContract;
  export = chaincodeFromContract;
}

declare module 'fabric-shim/lib/logger' {
  export function getLogger(name: string): { level: string; debug: () => void };
  export function setLevel(level: string): void;
}

declare module 'fabric-contract-api/lib/logger' {
  export function getLogger(name: string): { level: string; debug: () => void };
  export function setLevel(level: string): void;
}
