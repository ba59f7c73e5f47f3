// Burn receipts: tells the certificate channel which burns were seen on the power channel, many in one transaction.
// Not one of a swap's four commits, but without it a delivered certificate cannot be used.
import { WattlockError, type BurnReceipt, type ErrorCode, type SwapId } from '@wattlock/core';
import type { Commit, Ledger } from '../ledger';
import { submitWithRetry } from '../ledger/transactions';
import { bundle } from './propose';

/** Receipts in one transaction. */
const BATCH = 200;

/** The receipt of a burn that this process saw committed. */
export function receiptOf(swapId: SwapId, burn: Commit): BurnReceipt {
  return { swapId, blockNumber: burn.blockNumber, transactionId: burn.transactionId };
}

/** A receipt that the contract refused, for a reason of its own swap. */
export interface RefusedReceipt {
  readonly swapId: SwapId;
  readonly error: WattlockError;
}

/** Refusals of one receipt that say nothing of the others in its transaction. */
const OWN_REFUSALS: readonly ErrorCode[] = [
  'AGREEMENT_MISMATCH',
  'CERTIFICATE_CONFLICT',
  'LOCK_FORGED',
  'LOCK_NOT_FOUND',
];

/**
 * Posts receipts on the certificate channel, as the certifier or the auditor; receipts already there change nothing.
 * @returns those that were refused by themselves; all others are posted.
 * @throws WattlockError NOT_AUTHORISED for others.
 */
export async function confirmBurns(
  certificate: Ledger,
  receipts: readonly BurnReceipt[],
): Promise<readonly RefusedReceipt[]> {
  const sorted = [...receipts].sort((a, b) => (a.swapId < b.swapId ? -1 : 1));
  const refused: RefusedReceipt[] = [];
  for (const burns of bundle(sorted, BATCH)) refused.push(...(await post(certificate, burns)));
  return refused;
}

/** Halves what is refused until the receipts that are to blame stand alone: whoever forges one lock stops no other. */
async function post(certificate: Ledger, burns: readonly BurnReceipt[]): Promise<readonly RefusedReceipt[]> {
  const document = { burns: burns.map((burn) => ({ ...burn })) };
  try {
    await submitWithRetry(certificate, { fn: 'ConfirmBurn', document }, { expectLag: ['LOCK_NOT_FOUND'] });
    return [];
  } catch (error) {
    if (!(error instanceof WattlockError && OWN_REFUSALS.includes(error.code))) throw error;
    const [first, ...others] = burns;
    if (first !== undefined && others.length === 0) return [{ swapId: first.swapId, error }];
    const refused: RefusedReceipt[] = [];
    for (const half of bundle(burns, Math.ceil(burns.length / 2))) {
      refused.push(...(await post(certificate, half)));
    }
    return refused;
  }
}
