// One execution of a contract against committed state: records what was read and what is to change.
// A contract does not see its own writes, as on Fabric.
import {
  decodeMetadata,
  encodeReadWriteSet,
  type NamespaceSet,
  type RangeRead,
  type Read,
  type Version,
} from './rwset';
import { compareKeys, type StateEntry, type StateReader } from './state';

const EMPTY = new Uint8Array();

/** An open range read. */
export interface RangeCursor {
  next(): readonly [string, StateEntry] | undefined;
  /** Key of the entry after those taken, which itself is not guarded; empty at the end. Nothing is taken afterwards. */
  keyAfter(): string;
}

export class Simulation {
  readonly #reads = new Map<string, Version | undefined>();
  readonly #writes = new Map<string, Uint8Array | undefined>();
  readonly #metadata = new Map<string, { readonly name: string; readonly value: Uint8Array }>();
  readonly #ranges: (() => RangeRead)[] = [];
  #paged = false;

  constructor(
    readonly namespace: string,
    private readonly state: StateReader,
  ) {}

  /** Committed value; empty when the key does not exist. */
  get(key: string): Uint8Array {
    return this.#read(key)?.value ?? EMPTY;
  }

  /** Committed metadata, such as the key's endorsement policy; reading it counts as reading the key. */
  metadata(key: string): readonly { readonly name: string; readonly value: Uint8Array }[] {
    const metadata = this.#read(key)?.metadata;
    return metadata === undefined ? [] : decodeMetadata(metadata);
  }

  /** @param value empty deletes, as on Fabric */
  put(key: string, value: Uint8Array): void {
    this.#mayWrite(key);
    this.#writes.set(key, value.length === 0 ? undefined : value);
  }

  delete(key: string): void {
    this.#mayWrite(key);
    this.#writes.set(key, undefined);
  }

  /** Replaces all metadata of a key by one entry. */
  putMetadata(key: string, name: string, value: Uint8Array): void {
    this.#mayWrite(key);
    this.#metadata.set(key, { name, value });
  }

  /** Keys from `startKey` to before `endKey`; what is taken from the cursor is guarded against phantoms. */
  range(startKey: string, endKey: string): RangeCursor {
    const entries = this.state.range(this.namespace, startKey, endKey)[Symbol.iterator]();
    const reads: Read[] = [];
    let exhausted = false;
    this.#ranges.push(() => {
      const seen = exhausted ? endKey : (reads.at(-1)?.key ?? '');
      return { startKey, endKey: seen, exhausted, reads };
    });
    return {
      next: () => {
        const step = entries.next();
        if (step.done === true) {
          exhausted = true;
          return undefined;
        }
        const [key, entry] = step.value;
        reads.push({ key, version: entry.version });
        return step.value;
      },
      keyAfter: () => {
        const step = entries.next();
        return step.done === true ? '' : step.value[0];
      },
    };
  }

  /** From here on only reads: pages are not guarded against phantoms in a writing transaction. */
  beginPages(): void {
    if (this.#writes.size > 0 || this.#metadata.size > 0) {
      throw new Error('paginated queries are supported only in a read-only transaction');
    }
    this.#paged = true;
  }

  /** Bytes of rwset.TxReadWriteSet; equal for equal executions. */
  results(): Uint8Array {
    return encodeReadWriteSet(this.sets());
  }

  /** The same before it is encoded. */
  sets(): readonly NamespaceSet[] {
    const ranges = distinct(this.#ranges.map((close) => close()));
    const touched = this.#reads.size + this.#writes.size + this.#metadata.size + ranges.length;
    if (touched === 0) return [];
    return [
      {
        namespace: this.namespace,
        reads: sorted(this.#reads).map(([key, version]) => ({ key, version })),
        ranges,
        writes: sorted(this.#writes).map(([key, value]) => ({ key, value })),
        metadataWrites: sorted(this.#metadata).map(([key, entry]) => ({ key, entries: [entry] })),
      },
    ];
  }

  #read(key: string): StateEntry | undefined {
    const entry = this.state.get(this.namespace, key);
    this.#reads.set(key, entry?.version);
    return entry;
  }

  #mayWrite(key: string): void {
    if (key === '') throw new Error('key must not be an empty string');
    if (this.#paged)
      throw new Error('the transaction has already performed a paginated query; writes are not allowed');
  }
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => compareKeys(a, b));
}

function distinct(ranges: readonly RangeRead[]): RangeRead[] {
  const known = new Map(
    ranges.toReversed().map((r) => [JSON.stringify([r.startKey, r.endKey, r.exhausted]), r]),
  );
  return ranges.filter(
    (range) => known.get(JSON.stringify([range.startKey, range.endKey, range.exhausted])) === range,
  );
}
