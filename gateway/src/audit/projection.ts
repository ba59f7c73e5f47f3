// The projection of one channel: what the valid transactions of its blocks wrote, folded into the latest records.
// It reads blocks and nothing else, so it can contradict what the contracts' own queries say.
import { parseDocument, type JsonObject, type Leg, type Party, type SwapId } from '@wattlock/core';
import { CHAINCODES } from '../platform';
import { exception, type AuditException } from './exceptions';
import type { BlockFacts, Revision, TransactionFacts, WriteFacts } from './facts';
import { kindOf } from './records';
import { emptyRecords, type ChannelRecords } from './state';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The state of one channel, block by block.
 * Memory holds the latest form of every record and, for each, where it was written – not the blocks.
 */
export class ChannelProjection {
  readonly records: ChannelRecords = emptyRecords();
  /** What was wrong with the chain or a single write, in order of appearance. */
  readonly faults: AuditException[] = [];
  private readonly revisions = new Map<string, Revision[]>();
  private next = 0;
  private tip: string | undefined;

  constructor(
    readonly leg: Leg,
    private readonly chaincode: string = CHAINCODES[leg],
  ) {}

  /** Number of blocks applied. */
  get height(): number {
    return this.next;
  }

  /** Where a key was written, oldest first. */
  historyOf(key: string): readonly Revision[] {
    return this.revisions.get(key) ?? [];
  }

  /** Applies the next block: checks its place in the chain, then applies the writes that count. */
  apply(block: BlockFacts): void {
    this.checkChain(block);
    this.next = block.number + 1;
    this.tip = block.hash;
    for (const transaction of block.transactions) {
      if (transaction.valid) this.applyTransaction(transaction, block.number);
    }
  }

  private checkChain(block: BlockFacts): void {
    const broken = (reason: string): void => {
      this.faults.push(exception('CHAIN_BROKEN', { channel: this.leg, blockNumber: block.number, reason }));
    };
    if (block.number !== this.next) broken(`expected block ${this.next}`);
    if (this.tip !== undefined && block.previousHash !== this.tip) broken('previous hash');
    if (!block.dataIntact) broken('data hash');
  }

  private applyTransaction(transaction: TransactionFacts, blockNumber: number): void {
    const { transactionId, at, writes, cancellation } = transaction;
    if (cancellation !== undefined) takeConsents(this.records, cancellation);
    for (const write of writes) {
      if (write.chaincode === this.chaincode) this.applyWrite(write, { blockNumber, transactionId, at });
    }
  }

  private applyWrite(write: WriteFacts, revision: Revision): void {
    const { key } = write;
    const history = this.revisions.get(key);
    if (history === undefined) this.revisions.set(key, [revision]);
    else history.push(revision);
    const fault = this.changeRecord(write, history !== undefined);
    if (fault === undefined) return;
    const { blockNumber, transactionId } = revision;
    const facts = { channel: this.leg, key, blockNumber, transactionId };
    this.faults.push(exception(fault.code, { ...facts, reason: fault.reason }));
  }

  private changeRecord({ key, value }: WriteFacts, again: boolean): Fault | undefined {
    const kind = kindOf(key);
    if (kind === undefined) return { code: 'RECORD_UNREADABLE', reason: 'unknown kind of key' };
    if (value === undefined) return { code: 'ILLEGAL_CHANGE', reason: 'deleted' };
    const document = parse(value);
    if (document === undefined) return { code: 'RECORD_UNREADABLE', reason: 'not a JSON object' };
    try {
      const illegal = kind.apply(this.records, key.slice(key.indexOf('~') + 1), document, again);
      return illegal === undefined ? undefined : { code: 'ILLEGAL_CHANGE', reason: illegal };
    } catch (error) {
      return { code: 'RECORD_UNREADABLE', reason: error instanceof Error ? error.message : 'malformed' };
    }
  }
}

function takeConsents({ cancellations }: ChannelRecords, { swapId, signatures }: JsonObject): void {
  cancellations.set(swapId as SwapId, signatures as Readonly<Record<Party, string>>);
}

interface Fault {
  readonly code: 'RECORD_UNREADABLE' | 'ILLEGAL_CHANGE';
  readonly reason: string;
}

function parse(value: Uint8Array): JsonObject | undefined {
  try {
    return parseDocument(utf8.decode(value));
  } catch {
    return undefined;
  }
}
