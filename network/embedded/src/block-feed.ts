// Hands committed blocks to readers as they come: each reader from its own starting block, at its own pace.
import type { EmbeddedError } from './errors';

/** Where a feed reads from. */
export interface BlockSource {
  readonly height: number;
  block(number: number): Uint8Array | undefined;
}

export class BlockFeed {
  #next = new Signal();
  #ended = false;
  #failure: EmbeddedError | undefined;

  constructor(private readonly source: BlockSource) {}

  /** A block was committed. */
  announce(): void {
    const waiting = this.#next;
    this.#next = new Signal();
    waiting.fire();
  }

  /** No more blocks will come; readers end, or fail with the reason. */
  end(failure?: EmbeddedError): void {
    this.#ended = true;
    this.#failure ??= failure;
    this.announce();
  }

  /** Blocks from a number on, until aborted or ended. @throws EmbeddedError when the channel has halted */
  async *from(first: number, signal?: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
    for (let number = first; signal?.aborted !== true;) {
      if (this.#ended && this.#failure === undefined) return;
      const bytes = number < this.source.height ? this.source.block(number) : undefined;
      if (bytes !== undefined) {
        number++;
        yield bytes;
      } else {
        if (this.#failure !== undefined) throw this.#failure;
        await this.#announcement(signal);
      }
    }
  }

  async #announcement(signal: AbortSignal | undefined): Promise<void> {
    if (signal === undefined) return this.#next.promise;
    const aborted = new Signal();
    signal.addEventListener('abort', aborted.fire, { once: true });
    try {
      await Promise.race([this.#next.promise, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', aborted.fire);
    }
  }
}

/** A promise and the means to resolve it. */
class Signal {
  readonly promise: Promise<void>;
  fire!: () => void;

  constructor() {
    this.promise = new Promise((resolve) => (this.fire = resolve));
  }
}
