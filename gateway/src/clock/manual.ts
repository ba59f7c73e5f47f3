// A clock that stands still until it is moved, for tests and simulations: pauses end in the order of their instants, each
// at its own, so that a day passes in no time and always in the same way.
import type { EpochMs } from '@wattlock/core';
import { pause, reach, type Cancel, type Clock } from './clock';

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

export class ManualClock implements Clock {
  private readonly started: number;
  private timers: Timer[] = [];

  /** @param present milliseconds since 1970 */
  constructor(private present: number) {
    this.started = present;
  }

  now(): EpochMs {
    return this.present as EpochMs;
  }

  monotonic(): number {
    return this.present - this.started;
  }

  until(instant: EpochMs, signal?: AbortSignal): Promise<void> {
    return reach(instant, this, signal);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return pause(this, ms, signal);
  }

  after(ms: number, work: () => void): Cancel {
    const timer: Timer = { at: this.present + Math.max(0, ms), work };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  /** The instant of the next pause to end; undefined when nobody waits. */
  get next(): EpochMs | undefined {
    const instants = this.timers.map(({ at }) => at);
    return instants.length === 0 ? undefined : (Math.min(...instants) as EpochMs);
  }

  /** Moves on by a time, ending each pause on the way; what a pause was for runs before the next one ends. */
  async advance(ms: number): Promise<void> {
    const end = this.present + ms;
    await settled();
    for (let next = this.next; next !== undefined && next <= end; next = this.next) {
      this.present = Math.max(this.present, next);
      this.fire();
      await settled();
    }
    this.present = end;
  }

  /** The first of those that are due: one at a time, since its work may cancel the others. */
  private fire(): void {
    const [due] = this.timers.filter(({ at }) => at <= this.present).sort((a, b) => a.at - b.at);
    if (due === undefined) return;
    this.timers = this.timers.filter((each) => each !== due);
    due.work();
  }
}

/** Lets everything run that only waited for promises. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
