// Bounds how many calls are in flight at once, first come, first served.
// A peer's gateway refuses what exceeds its own limit (500 by default); waiting here is cheaper than being refused.

export interface Semaphore {
  /** Runs the work when a place is free, and frees the place when it has ended. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** A semaphore with `places` places. */
export function newSemaphore(places: number): Semaphore {
  let free = places;
  const waiting: (() => void)[] = [];
  const enter = (): Promise<void> | undefined => {
    if (free > 0) {
      free -= 1;
      return undefined;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
