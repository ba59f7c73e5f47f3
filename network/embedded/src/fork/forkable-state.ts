// A channel's state in memory that never changes: committing to it gives another one, and both go on.
// The second store behind the ledger's simulation and validation, beside the file; for whoever explores what could happen.
import type { CommittedTransaction } from '../channel-statements';
import { compareKeys, type StateEntry } from '../state';
import type { CommittedState, Verdict } from '../validation';

type Entries = ReadonlyMap<string, StateEntry>;

export class ForkableState implements CommittedState {
  static readonly EMPTY = new ForkableState(0, new Map(), new Map());

  private constructor(
    /** Number of committed blocks. */
    readonly height: number,
    private readonly namespaces: ReadonlyMap<string, Entries>,
    private readonly transactions: ReadonlyMap<string, CommittedTransaction>,
  ) {}

  get(namespace: string, key: string): StateEntry | undefined {
    return this.namespaces.get(namespace)?.get(key);
  }

  *range(namespace: string, startKey: string, endKey: string): Generator<readonly [string, StateEntry]> {
    const within = (key: string): boolean =>
      compareKeys(key, startKey) >= 0 && (endKey === '' || compareKeys(key, endKey) < 0);
    const entries = [...(this.namespaces.get(namespace) ?? [])].filter(([key]) => within(key));
    yield* entries.sort(([a], [b]) => compareKeys(a, b));
  }

  /** All keys of a chaincode, in no order that means anything. */
  entries(namespace: string): Iterable<readonly [string, StateEntry]> {
    return this.namespaces.get(namespace) ?? [];
  }

  transaction(id: string): CommittedTransaction | undefined {
    return this.transactions.get(id);
  }

  /** The state after the next block. */
  after({ updates, transactions }: Pick<Verdict, 'updates' | 'transactions'>): ForkableState {
    const known = new Map(this.transactions);
    for (const { id, code } of transactions) {
      if (!known.has(id)) known.set(id, { code, blockNumber: this.height });
    }
    return new ForkableState(
      this.height + 1,
      updates.length === 0 ? this.namespaces : this.#with(updates),
      known,
    );
  }

  #with(updates: Verdict['updates']): ReadonlyMap<string, Entries> {
    const namespaces = new Map<string, Map<string, StateEntry>>();
    for (const [name, entries] of this.namespaces) namespaces.set(name, new Map(entries));
    for (const { namespace, key, entry } of updates) {
      let entries = namespaces.get(namespace);
      if (entries === undefined) namespaces.set(namespace, (entries = new Map<string, StateEntry>()));
      if (entry === undefined) entries.delete(key);
      else entries.set(key, entry);
    }
    return namespaces;
  }
}
