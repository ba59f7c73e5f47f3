// The ledger port: one channel as one organisation's client sees it. Everything above it works on either ledger.
// Narrow on purpose; the embedded and the Fabric adapter are its two implementations, one conformance suite its contract.
import type { EpochMs, JsonObject, Leg, MspId } from '@wattlock/core';
import type { Clock } from '../clock';
import type { Entropy } from '../entropy';
import type { Telemetry } from '../telemetry';

/** A transaction to be endorsed. */
export interface TransactionRequest {
  /** Contract function, such as `RecordDay`. */
  readonly fn: string;
  /** The one document the function takes. */
  readonly document: JsonObject;
  /** The document's very text, sent instead of the canonical one: for what came from elsewhere and is passed on. */
  readonly documentText?: string;
  /** Private inputs; never part of the ledger unless the contract puts them there. */
  readonly transient?: Readonly<Record<string, Uint8Array>>;
  /** Organisations whose peers endorse, and no others. Default: the ledger's `endorsers`. */
  readonly endorsers?: readonly MspId[];
  /** The transaction's own time; default the client's clock. */
  readonly timestamp?: EpochMs;
  /** Chaincode on this channel; default the leg's own. */
  readonly chaincode?: string;
  /** The block that holds what this transaction builds on: endorsers are asked when the own peer has it, or soon. */
  readonly after?: number;
}

/** An endorsed, signed transaction: the bytes that can be sent, and sent again, until they commit. */
export interface EndorsedTransaction {
  readonly transactionId: string;
  /** What the contract answered when it endorsed. */
  readonly result: JsonObject;
  readonly bytes: Uint8Array;
}

/** A transaction that is VALID in a block. */
export interface Commit {
  readonly transactionId: string;
  readonly blockNumber: number;
  readonly result: JsonObject;
}

/** A channel; its leg, where the types know it, tells which contract is on it. */
export interface Ledger<L extends Leg = Leg> {
  readonly leg: L;
  readonly channel: string;
  /** The organisation this client belongs to. */
  readonly mspId: MspId;
  /** Organisations that endorse by default: certifier and generator. */
  readonly endorsers: readonly MspId[];
  /** What dates this client's transactions and ends its waiting; whoever submits to it pauses by the same. */
  readonly clock: Clock;
  /** Where its nonces come from. */
  readonly entropy: Entropy;
  /** What is told of what is done here. */
  readonly telemetry: Telemetry;

  /** Gathers endorsements. @throws LedgerError, or WattlockError when the contract refuses. */
  endorse(request: TransactionRequest): Promise<EndorsedTransaction>;

  /**
   * Sends endorsed bytes and waits for the block that holds them.
   * @throws LedgerError INVALIDATED with Fabric's validation code, OUTCOME_UNKNOWN when no answer came in time.
   */
  send(transaction: EndorsedTransaction): Promise<Commit>;

  /** Endorses and sends. */
  submit(request: TransactionRequest): Promise<Commit>;

  /** Reads through a contract on the own organisation's peer alone. Never with a secret. */
  evaluate(fn: string, document: JsonObject, chaincode?: string): Promise<JsonObject>;

  /** Number of blocks the own peer has. */
  height(): Promise<number>;

  /** Committed blocks as Fabric's common.Block bytes, from a number on; ends at `until` (exclusive) or when aborted. */
  blocks(
    from: number,
    options?: { readonly until?: number; readonly signal?: AbortSignal },
  ): AsyncIterable<Uint8Array>;

  close(): Promise<void>;
}

/** Both channels as one organisation sees them. */
export type Ledgers = { readonly [L in Leg]: Ledger<L> };
