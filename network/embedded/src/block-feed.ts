// Hands committed blocks to readers as they come: each reader from its own starting block, at its own pace.
import type { EmbeddedError } from './errors';

/** Where a feed reads from; a number beyond the last block gives undefined. */
export interface BlockSource {
  block(number: number): Uint8Array | undefined;
  /** A block that is still at hand when the file is closed. */
  recentBlock(number: number): Uint8Array | undefined;
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

  /** No more blocks will come; readers end after the last ones, or fail with the reason. */
  end(failure?: EmbeddedError): void {
    this.#ended = true;
    this.#failure ??= failure;
    this.announce();
  }

  /** Blocks from a number on, until aborted or ended. @throws EmbeddedError when the channel has halted */
  async *from(first: number, signal?: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
    for (let number = first; signal?.aborted !== true;) {
      const bytes = this.#ended ? this.source.recentBlock(number) : this.source.block(number);
      if (bytes !== undefined) {
        number++;
        yield bytes;
      } else if (this.#failure !== undefined) throw this.#failure;
      else if (this.#ended) return;
      else await this.#announcement(signal);
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
