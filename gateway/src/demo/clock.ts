// The demo's clock on an embedded ledger: the machine's, moved ahead where the story waits for a time lock.
import { ManualClock } from '@wattlock/embedded';
import type { Clock } from '../clock';

export class MovableClock extends ManualClock {
  private ahead = 0;

  constructor(private readonly machine: Pick<Clock, 'now'>) {
    super(machine.now());
  }

  override now(): number {
    return this.machine.now() + this.ahead;
  }

  override advance(ms: number): void {
    this.ahead += ms;
  }

  override set(instant: number): void {
    this.ahead = instant - this.machine.now();
  }
}
