// Refusals remembered by what they depend on, so that one execution answers for many timestamps and clocks.
import type { ForkableState } from '@wattlock/embedded';
import { digestOfState } from './digest';
import type { ContractCall } from './contract-call';

export const nameOf = ({ leg, swapId, name }: ContractCall): string => `${leg} ${swapId} ${name}`;

/**
 * Refusals that depend on the transaction's own time; TIME_SKEW depends on the endorser's clock as well. Whatever is
 * refused for another reason is refused as long as the state stands: at another time it could only be for time instead.
 */
const TIMELY: ReadonlySet<string> = new Set([
  'DEADLINE_PASSED',
  'DEADLINE_NOT_REACHED',
  'DEADLINE_TOO_NEAR',
  'BAD_AGREEMENT',
]);
const SKEWED = 'TIME_SKEW';

export class Refusals {
  readonly #refusals = new Map<string, string>();

  remember(
    state: ForkableState,
    call: ContractCall,
    refusal: string,
    timestamp: number,
    clock: number,
  ): void {
    const what = whatOf(state, call);
    if (refusal === SKEWED) this.#refusals.set(`${what} ${timestamp} ${clock}`, refusal);
    else this.#refusals.set(TIMELY.has(refusal) ? `${what} ${timestamp}` : what, refusal);
  }

  /** The code with which the call was refused, or would be. */
  find(state: ForkableState, call: ContractCall, timestamp: number, clock: number): string | undefined {
    const what = whatOf(state, call);
    return (
      this.#refusals.get(what) ??
      this.#refusals.get(`${what} ${timestamp}`) ??
      this.#refusals.get(`${what} ${timestamp} ${clock}`)
    );
  }

  /** Whether no timestamp and no clock would help. */
  isForGood(state: ForkableState, call: ContractCall): boolean {
    return this.#refusals.has(whatOf(state, call));
  }

  clear(): void {
    this.#refusals.clear();
  }
}

function whatOf(state: ForkableState, call: ContractCall): string {
  return `${digestOfState(state)} ${nameOf(call)}`;
}
