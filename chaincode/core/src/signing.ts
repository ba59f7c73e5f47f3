// What account keys sign. Every message names its purpose, channel and swap, so no signature fits anywhere else.
import { canonicalJson } from './canonical';
import type { SecretHex } from './hashlock';
import type { Leg, SwapId } from './units';

/** Text a claimant signs to claim a leg with the secret. */
export function claimMessage(channel: string, swapId: SwapId, secret: SecretHex): string {
  return canonicalJson({ domain: 'wattlock/claim/v1', channel, swapId, secret });
}

/** Text both parties sign to cancel a leg. */
export function cancelMessage(channel: string, leg: Leg, swapId: SwapId): string {
  return canonicalJson({ domain: 'wattlock/cancel/v1', channel, leg, swapId });
}
