// Lets executions see one state from beginning to end: the state changes only when none is running.
// As a peer's read-write lock: whoever wants to change it is next, later executions wait.

export class SnapshotGate {
  #running = 0;
  #changing: Promise<void> | undefined;
  #idle: (() => void) | undefined;

  /** Runs an execution against a state that stands still. */
  async read<T>(execute: () => Promise<T>): Promise<T> {
    while (this.#changing !== undefined) await this.#changing;
    this.#running++;
    try {
      return await execute();
    } finally {
      this.#running--;
      if (this.#running === 0) this.#idle?.();
    }
  }

  /** Runs a change while no execution is running. One change at a time is asked for. */
  async change<T>(apply: () => T): Promise<T> {
    if (this.#running === 0) return apply();
    let done = (): void => undefined;
    this.#changing = new Promise((resolve) => (done = resolve));
    try {
      await new Promise<void>((resolve) => (this.#idle = resolve));
      return apply();
    } finally {
      this.#idle = undefined;
      this.#changing = undefined;
      done();
    }
  }
}
