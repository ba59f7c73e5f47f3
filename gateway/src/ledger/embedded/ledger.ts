// The port on an embedded ledger's channel, in process: proposals, endorsements and envelopes are Fabric's own bytes.
import { canonicalJson, fromEnvelope, type JsonObject, type Leg, type MspId } from '@wattlock/core';
import type { Clock } from '../../clock';
import type { Entropy } from '../../entropy';
import { silentTelemetry } from '../../telemetry';
import {
  type Client,
  type ClientProposal,
  type CommitWatch,
  newEnvelope,
  newProposal,
  NONCE_BYTES,
  parseResult,
  settle,
  signedProposalOf,
} from '../transactions';
import {
  type Commit,
  type Deadlines,
  type EndorsedTransaction,
  type Ledger,
  LedgerError,
  type TransactionRequest,
  within,
} from '..';
import { ProposalResponse } from '../protos';
import { toLedgerError, type Channel } from './channel';

/** What an embedded channel is opened with, for one organisation. */
export interface EmbeddedLedgerOptions<L extends Leg> {
  readonly leg: L;
  readonly name: string;
  /** The leg's own chaincode. */
  readonly chaincode: string;
  readonly channel: Channel;
  readonly client: Client;
  readonly endorsers: readonly MspId[];
  /** Shared by all organisations of the process: they see the same blocks. */
  readonly commits: CommitWatch;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly deadlines: Deadlines;
}

/** The port on an embedded channel. */
export function newEmbeddedLedger<L extends Leg>(options: EmbeddedLedgerOptions<L>): Ledger<L> {
  return new EmbeddedLedgerAdapter(options);
}

class EmbeddedLedgerAdapter<L extends Leg> implements Ledger<L> {
  readonly leg: L;
  readonly channel: string;
  readonly mspId: MspId;
  readonly endorsers: readonly MspId[];
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly telemetry = silentTelemetry;

  constructor(private readonly options: EmbeddedLedgerOptions<L>) {
    this.leg = options.leg;
    this.channel = options.name;
    this.mspId = options.client.mspId;
    this.endorsers = options.endorsers;
    this.clock = options.clock;
    this.entropy = options.entropy;
  }

  async endorse(request: TransactionRequest): Promise<EndorsedTransaction> {
    const proposal = await this.propose(request);
    const { transactionId } = proposal;
    const asked = Promise.all(
      (request.endorsers ?? this.endorsers).map((mspId) => this.ask(mspId, proposal)),
    );
    const responses = await within(this.clock, asked, {
      limitMs: this.options.deadlines.endorseMs,
      code: 'ENDORSER_UNAVAILABLE',
      what: 'Endorsing',
      transactionId,
    });
    const bytes = await newEnvelope(this.options.client, proposal, responses);
    return { transactionId, result: parseResult(responses[0]?.getResponse()?.getPayload_asU8()), bytes };
  }

  async send(transaction: EndorsedTransaction): Promise<Commit> {
    const { channel, commits, deadlines } = this.options;
    const { transactionId } = transaction;
    await within(this.clock, commits.ready(), {
      limitMs: deadlines.commitMs,
      code: 'PLATFORM_DOWN',
      what: 'Following blocks',
      transactionId,
    });
    const expected = commits.expect(transactionId);
    try {
      const sent = channel.broadcast(transaction.bytes).catch((error: unknown) => {
        throw toLedgerError(error, transactionId);
      });
      await within(this.clock, sent, {
        limitMs: deadlines.submitMs,
        code: 'OUTCOME_UNKNOWN',
        what: 'Ordering',
        transactionId,
      });
      const status = await within(this.clock, expected.status, {
        limitMs: deadlines.commitMs,
        code: 'OUTCOME_UNKNOWN',
        what: 'The commit',
        transactionId,
      });
      return await settle(transaction, status, () => Promise.resolve(this.firstResult(transactionId)));
    } finally {
      expected.cancel();
    }
  }

  async submit(request: TransactionRequest): Promise<Commit> {
    return this.send(await this.endorse(request));
  }

  async evaluate(fn: string, document: JsonObject, chaincode?: string): Promise<JsonObject> {
    const proposal = await this.propose({ fn, document, ...(chaincode === undefined ? {} : { chaincode }) });
    const { transactionId } = proposal;
    const response = await within(this.clock, this.ask(this.mspId, proposal), {
      limitMs: this.options.deadlines.evaluateMs,
      code: 'PLATFORM_DOWN',
      what: 'Reading',
      transactionId,
    });
    return parseResult(response.getResponse()?.getPayload_asU8());
  }

  height(): Promise<number> {
    return Promise.resolve(this.options.channel.height());
  }

  async *blocks(
    from: number,
    options: { readonly until?: number; readonly signal?: AbortSignal } = {},
  ): AsyncIterable<Uint8Array> {
    const until = options.until ?? Infinity;
    if (from >= until) return;
    let next = from;
    for await (const block of this.options.channel.blocks(from, options.signal)) {
      yield block;
      next += 1;
      if (next >= until) return;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private propose(request: TransactionRequest): Promise<ClientProposal> {
    return newProposal(this.options.client, {
      channel: this.channel,
      chaincode: request.chaincode ?? this.options.chaincode,
      args: [request.fn, request.documentText ?? canonicalJson(request.document)],
      transient: request.transient,
      timestamp: request.timestamp ?? this.clock.now(),
      nonce: this.entropy.bytes(NONCE_BYTES),
    });
  }

  /** One organisation's endorsement. @throws WattlockError when the contract refuses. */
  private async ask(mspId: MspId, proposal: ClientProposal): Promise<ProposalResponse> {
    const { transactionId } = proposal;
    let bytes: Uint8Array;
    try {
      bytes = await this.options.channel.endorse(mspId, signedProposalOf(proposal).serializeBinary());
    } catch (error) {
      throw toLedgerError(error, transactionId);
    }
    const response = ProposalResponse.deserializeBinary(bytes);
    const status = response.getResponse()?.getStatus() ?? 500;
    if (status < 400) return response;
    const message = response.getResponse()?.getMessage() ?? 'No answer';
    throw fromEnvelope(message) ?? new LedgerError('REQUEST_REFUSED', message, { transactionId });
  }

  private firstResult(transactionId: string): { blockNumber: number; validationCode: number } | undefined {
    const found = this.options.channel.transaction(transactionId);
    return found && { blockNumber: found.blockNumber, validationCode: found.code };
  }
}
