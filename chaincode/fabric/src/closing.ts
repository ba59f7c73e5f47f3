// Closing a lock: claim, withdraw, cancel. Each reads and writes the lock's own key and no other,
// because a second key would fall back to the channel's policy and give the counterparty a veto.
import {
  cancel,
  claim,
  keys,
  lockMspIds,
  optional,
  readSecret,
  signatureField,
  withdraw,
  writeRecord,
  type Closing,
  type Lock,
  type RequestOf,
  type SwapId,
} from '@wattlock/core';
import type { Call } from './call';
import { getLock } from './locking';
import { policyBytes } from './policy';

/** What names the swap whose lock is closed. */
export interface SwapRequest {
  readonly swapId: SwapId;
}

/**
 * Claims with transient data: `secret`, 32 bytes, and `signature`, the claimant's as base64url text; without a
 * signature by the lock's standing authorisation.
 * @returns the closed lock; functions answer what became of it.
 */
export async function claimLock(call: Call, { swapId }: SwapRequest): Promise<Lock> {
  const secret = readSecret(call.transient.get('secret'));
  const signature = optional(signatureField)(textOf(call.transient.get('signature')), 'signature');
  return close(call, swapId, (lock, closing) => claim(lock, secret, signature, closing));
}

/** Withdraws after the deadline and guard. */
export function withdrawLock(call: Call, { swapId }: SwapRequest): Promise<Lock> {
  return close(call, swapId, withdraw);
}

/** Cancels with both parties' signatures. */
export function cancelLock(
  call: Call,
  { swapId, signatures }: RequestOf<Lock['leg'], 'Cancel'>,
): Promise<Lock> {
  return close(call, swapId, (lock, closing) => cancel(lock, signatures, closing));
}

/** The write also raises the key's policy to all organisations: the pair that may close a lock may not rewrite it. */
async function close(
  call: Call,
  swapId: SwapId,
  transition: (lock: Lock, closing: Closing) => Lock,
): Promise<Lock> {
  const { state, now, transactionId, caller } = call;
  const lock = await getLock(state, swapId);
  call.checkTime(lock.maxSkewMs);
  const closed = transition(lock, { at: now, transactionId, byMspId: caller });
  const mspIds = lockMspIds(lock);
  state.put(keys.lock(swapId), writeRecord('lock', closed));
  state.putPolicy(keys.lock(swapId), policyBytes({ n: mspIds.length, mspIds }));
  return closed;
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('utf8');
}
