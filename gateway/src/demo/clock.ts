// The demo's clock on an embedded ledger: the machine's, moved ahead where the story waits for a time lock.
import { ManualClock } from '@wattlock/embedded';

export class MovableClock extends ManualClock {
  private ahead = 0;

  constructor() {
    super(Date.now());
  }

  override now(): number {
    return Date.now() + this.ahead;
  }

  override advance(ms: number): void {
    this.ahead += ms;
  }

  override set(instant: number): void {
    this.ahead = instant - Date.now();
  }
}
