// A key's past, told from the blocks themselves: the index only says in which transactions to look.
import { decodeBlock, type DecodedBlock } from './block';
import type { ChannelStore } from './channel-store';
import type { HistoryReader, KeyChange } from './state';
import { parseAction, parseSubmission } from './transaction';

export class BlockHistory implements HistoryReader {
  constructor(private readonly store: ChannelStore) {}

  *history(namespace: string, key: string): Generator<KeyChange> {
    let open: DecodedBlock | undefined;
    for (const { block, tx } of this.store.positions(namespace, key)) {
      if (open?.header.number !== block) open = this.#block(block);
      const envelope = open.envelopes[tx];
      if (envelope === undefined) throw new RangeError(`block ${block} has no transaction ${tx}`);
      yield changeOf(envelope, namespace, key);
    }
  }

  #block(number: number): DecodedBlock {
    const bytes = this.store.block(number);
    if (bytes === undefined) throw new RangeError(`block ${number} is missing`);
    return decodeBlock(bytes);
  }
}

function changeOf(envelope: Uint8Array, namespace: string, key: string): KeyChange {
  const submission = parseSubmission(envelope);
  const set = parseAction(submission).sets.find((candidate) => candidate.namespace === namespace);
  const write = set?.writes.find((candidate) => candidate.key === key);
  const timestamp = submission.header.getTimestamp();
  return {
    txId: submission.header.getTxId(),
    value: write?.value,
    timestamp: { seconds: timestamp?.getSeconds() ?? 0, nanos: timestamp?.getNanos() ?? 0 },
  };
}
