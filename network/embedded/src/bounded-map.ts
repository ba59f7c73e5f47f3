// A map that forgets what was not used lately, at the cost of two lookups and no bookkeeping.
// Two generations: when the young one is full it becomes the old one, and the former old one goes.

export class BoundedMap<K, V> {
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  /** @param limit entries of one generation; at most twice as many are held */
  constructor(private readonly limit: number) {}

  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    if (this.#young.size >= this.limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
