// A bounded memory of what was made before: for values that take long to make and are functions of their names, so that
// nothing but time depends on what is remembered. Whoever knows that a value has changed says so.

export class Memo<T> {
  readonly #known = new Map<string, NonNullable<T>>();

  /** @param most how many values are kept; before one more, all are forgotten. */
  constructor(private readonly most: number) {}

  /** The value of a name, made if it is not known. Undefined says that there is none, and is not remembered. */
  get(name: string, make: () => T): T {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made = make();
    if (this.#known.size >= this.most) this.#known.clear();
    if (made !== undefined && made !== null) this.#known.set(name, made);
    return made;
  }

  /** The value of a name has changed. */
  forget(name: string): void {
    this.#known.delete(name);
  }

  /** Any value may have changed. */
  clear(): void {
    this.#known.clear();
  }
}
