// Claiming a leg, whichever it is: the power channel destroys its lots, the certificate channel delivers; both functions
// take and answer the same.
import type { Leg, LockOutcome, SwapId } from '@wattlock/core';
import type { Ledgers } from '../ledger';
import { contractOf, type Submit } from './contract';

/** The claim of a ledger's leg. */
export function claimOn(ledger: Ledgers[Leg]): Submit<{ readonly swapId: SwapId }, LockOutcome> {
  return ledger.leg === 'power' ? contractOf(ledger).submit.Destroy : contractOf(ledger).submit.Transfer;
}
