// The signatures that a lock brings beside its agreement. In the output form the counterparty countersigns the refund
// before the registrant signs anything that locks, so that nobody's assets are ever locked without a way back;
// where the certificate is claimed first, the certifier authorises the destruction, which it may be offline for.
import {
  CLAIMANT,
  consentMessage,
  embodimentOf,
  needsConsent,
  REGISTRANT,
  standingMessage,
  transactionMessage,
  type Leg,
  type LegTransactions,
  type LockRequest,
  type LockSignatures,
  type Transaction,
} from '@wattlock/core';
import type { SwapContext } from './party';
import type { Proposal } from './propose';

type Parties = SwapContext['parties'];

/** What a lock brings beside its agreement. */
export type Proofs = Omit<LockRequest, 'swapId' | 'agreement'>;

/**
 * What the lock of a leg brings: `signatures` in the output form, `standing` on the power leg of 1 and 3, and where
 * several generators could register the hash lock that the certifier's lock made known, its `consent` to this one.
 */
export function proofsOf(
  { parties, parameters }: Pick<SwapContext, 'parties' | 'parameters'>,
  leg: Leg,
  { agreement, swapId }: Proposal,
  transactions: LegTransactions | undefined,
): Proofs {
  const row = embodimentOf(agreement);
  const { channel } = agreement[leg];
  const sign = (message: string): string => parties.certifier.account.sign(message);
  return {
    ...(transactions && { signatures: signaturesOf(parties, leg, transactions) }),
    ...(leg === 'power' && row.standingAuthorisation && { standing: sign(standingMessage(channel, swapId)) }),
    ...(needsConsent(parameters.roles, row, leg) && { consent: sign(consentMessage(channel, swapId)) }),
  };
}

/** The counterparty signs first, and the refund alone: with its signature the registrant can always come back. */
function signaturesOf(parties: Parties, leg: Leg, { lock, refund }: LegTransactions): LockSignatures {
  const registrant = REGISTRANT[leg];
  const counterparty = CLAIMANT[leg];
  const sign = (party: typeof registrant, transaction: Transaction): string =>
    parties[party].account.sign(transactionMessage(transaction));
  const countersigned = sign(counterparty, refund);
  const refundSignatures = { [counterparty]: countersigned, [registrant]: sign(registrant, refund) };
  return { lock: sign(registrant, lock), refund: refundSignatures as LockSignatures['refund'] };
}
