// The state while a block is being validated: what is committed, under the changes of the valid transactions so far.
// Version checks and phantom checks are Fabric's (kvledger/txmgmt/validation).
import { encodeMetadata, type NamespaceSet, type RangeRead, type Read, type Version } from './rwset';
import { compareKeys, type StateEntry, type StateReader } from './state';
import type { StateUpdate } from './channel-store';
import { VALIDATION } from './transaction';

export class BlockState {
  /** By chaincode and key; undefined: deleted in this block. */
  readonly #updates = new Map<string, Map<string, StateEntry | undefined>>();

  constructor(private readonly committed: StateReader) {}

  /** Fabric's code for what a transaction read: VALID, MVCC_READ_CONFLICT or PHANTOM_READ_CONFLICT. */
  check(sets: readonly NamespaceSet[]): number {
    for (const { namespace, reads, ranges } of sets) {
      if (!reads.every((read) => this.#stands(namespace, read))) return VALIDATION.MVCC_READ_CONFLICT;
      if (!ranges.every((range) => this.#rangeStands(namespace, range)))
        return VALIDATION.PHANTOM_READ_CONFLICT;
    }
    return VALIDATION.VALID;
  }

  /** Applies a valid transaction. */
  apply(sets: readonly NamespaceSet[], version: Version): void {
    for (const { namespace, writes, metadataWrites } of sets) {
      const updates = this.#of(namespace);
      const metadata = new Map(metadataWrites.map(({ key, entries }) => [key, entries]));
      const written = new Set<string>();
      for (const { key, value } of writes) {
        written.add(key);
        const entries = metadata.get(key);
        const kept = entries === undefined ? this.#latest(namespace, key)?.metadata : encodeOrNone(entries);
        updates.set(key, value && { value, metadata: kept, version });
      }
      for (const [key, entries] of metadata) {
        const latest = written.has(key) ? undefined : this.#latest(namespace, key);
        // Metadata of a key that does not exist goes nowhere.
        if (latest !== undefined)
          updates.set(key, { value: latest.value, metadata: encodeOrNone(entries), version });
      }
    }
  }

  /** All changes of the block, a key once. */
  updates(): StateUpdate[] {
    return [...this.#updates].flatMap(([namespace, updates]) =>
      [...updates].map(([key, entry]) => ({ namespace, key, entry })),
    );
  }

  #of(namespace: string): Map<string, StateEntry | undefined> {
    let updates = this.#updates.get(namespace);
    if (updates === undefined)
      this.#updates.set(namespace, (updates = new Map<string, StateEntry | undefined>()));
    return updates;
  }

  #latest(namespace: string, key: string): StateEntry | undefined {
    const updates = this.#updates.get(namespace);
    return updates?.has(key) === true ? updates.get(key) : this.committed.get(namespace, key);
  }

  #stands(namespace: string, { key, version }: Read): boolean {
    if (this.#updates.get(namespace)?.has(key) === true) return false;
    return sameVersion(this.committed.get(namespace, key)?.version, version);
  }

  #rangeStands(namespace: string, range: RangeRead): boolean {
    const now = this.#range(namespace, range);
    for (const { key, version } of range.reads) {
      const step = now.next();
      if (step.done === true || step.value[0] !== key || !sameVersion(step.value[1].version, version))
        return false;
    }
    return now.next().done === true;
  }

  /** The range as it is now: committed keys with this block's changes laid over them. */
  *#range(namespace: string, range: RangeRead): Generator<readonly [string, StateEntry], undefined> {
    const { startKey, endKey, exhausted } = range;
    const within = (key: string): boolean =>
      compareKeys(key, startKey) >= 0 && (endKey === '' || compareKeys(key, endKey) < 0);
    const changed = [...(this.#updates.get(namespace) ?? [])]
      .filter(([key]) => within(key))
      .sort(([a], [b]) => compareKeys(a, b));
    let next = 0;
    for (const [key, entry] of this.committed.range(namespace, startKey, endKey)) {
      for (; next < changed.length && compareKeys(changed[next]?.[0] ?? '', key) < 0; next++) {
        yield* present(changed[next]);
      }
      if (changed[next]?.[0] === key) yield* present(changed[next++]);
      else yield [key, entry];
    }
    for (; next < changed.length; next++) yield* present(changed[next]);
    // A reader that stopped early saw its last key: the end is part of what it saw.
    if (!exhausted) yield* present([endKey, this.#latest(namespace, endKey)]);
  }
}

function* present(
  change: readonly [string, StateEntry | undefined] | undefined,
): Generator<readonly [string, StateEntry], undefined> {
  if (change?.[1] !== undefined) yield [change[0], change[1]];
}

function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a?.block === b?.block && a?.tx === b?.tx;
}

function encodeOrNone(entries: Parameters<typeof encodeMetadata>[0]): Uint8Array | undefined {
  return entries.length === 0 ? undefined : encodeMetadata(entries);
}
