// The lock record: the one record that decides what became of a leg. Assets only point to it.
// Claim, withdraw and cancel are pure functions from an open lock to a closed one; a closed lock never changes.
import { checkSignature, type AccountKey } from './account';
import type { Agreement } from './agreement';
import { CLAIMANT, REGISTRANT, type Party } from './embodiment';
import { fail } from './errors';
import { opens, type SecretHex } from './hashlock';
import { after, LOCK_LIFE, type LockAct, type LockState } from './life';
import { cancelMessage, claimMessage } from './signing';
import { checkClaimable, checkWithdrawable, type TimeLock } from './timelock';
import type { LegTransactionIds } from './outputs';
import type { AccountId, CertificateId, EpochMs, HashLock, Leg, Milliseconds, MspId, SwapId } from './units';

/** What a party brings to a lock, copied in so that closing it reads no other record. */
export interface LockParty {
  readonly account: AccountId;
  readonly mspId: MspId;
  readonly key: AccountKey;
}

/** How a lock ended. */
export interface Closing {
  readonly at: EpochMs;
  readonly transactionId: string;
  readonly byMspId: MspId;
}

/** What closing a lock needs and no more, since every closing writes it again; the agreement stays where it was written once. */
export interface Lock extends TimeLock {
  readonly swapId: SwapId;
  readonly leg: Leg;
  readonly channel: string;
  readonly hashLock: HashLock;
  readonly certifier: LockParty;
  readonly generator: LockParty;
  /** The third endorser, copied in like the parties; absent in a consortium without an auditor. */
  readonly auditorMspId?: MspId;
  /** Copied from the channel parameters at lock time. */
  readonly maxSkewMs: Milliseconds;
  /** The certificate that this lock holds; absent on the power leg. */
  readonly certificate?: CertificateId;
  /** Ids of the transactions of the output form that closing this lock executes; absent in the account form. */
  readonly transactions?: LegTransactionIds;
  /** The certifier's standing authorisation to destroy; see {@link standingMessage}. */
  readonly standing?: string;
  readonly lockedAt: EpochMs;
  readonly state: LockState;
  /** Present exactly when EXECUTED. */
  readonly secret?: SecretHex;
  readonly closing?: Closing;
  /** The agreement, in a record of version 1 alone: such a record holds it itself and keeps it when it is closed. */
  readonly ownAgreement?: Agreement;
}

/** The time lock of a leg, as agreed. */
export function timeLockOf({ agreement, leg }: { agreement: Agreement; leg: Leg }): TimeLock {
  return { deadline: agreement[leg].deadline, guardMs: agreement.guardMs };
}

/** Every organisation that stands behind a lock, in fixed order; a closed lock can be changed by all of them only. */
export function lockMspIds(lock: Lock): readonly MspId[] {
  const parties = [lock.certifier.mspId, lock.generator.mspId];
  return lock.auditorMspId === undefined ? parties : [...parties, lock.auditorMspId];
}

/**
 * Claims: destroys the lots on the power leg, takes the certificate on the other.
 * @param signature the claimant's, over {@link claimMessage}; without one the lock's standing authorisation serves,
 * for the certifier's organisation and the auditor's.
 * @throws LOCK_CLOSED, DEADLINE_PASSED, WRONG_SECRET, BAD_SIGNATURE, NOT_AUTHORISED
 */
export function claim(lock: Lock, secret: SecretHex, signature: string | undefined, closing: Closing): Lock {
  const state = stateAfter(lock, 'claim');
  checkClaimable(lock, closing.at);
  if (!opens(secret, lock.hashLock)) fail('WRONG_SECRET', { swapId: lock.swapId });
  if (signature === undefined) checkStanding(lock, closing.byMspId);
  else checkClaimant(lock, secret, signature);
  return { ...lock, state, secret, closing };
}

function checkClaimant(
  { leg, channel, swapId, transactions, ...lock }: Lock,
  secret: SecretHex,
  signature: string,
): void {
  const claimant = CLAIMANT[leg];
  const message = claimMessage(channel, swapId, secret, transactions?.claim);
  checkSignature(lock[claimant].key, message, signature, claimant);
}

/** The authorisation itself was verified when the lock was made. */
function checkStanding({ leg, standing, certifier, auditorMspId }: Lock, caller: MspId): void {
  if (standing === undefined) fail('BAD_SIGNATURE', { signer: CLAIMANT[leg] });
  if (caller !== certifier.mspId && caller !== auditorMspId) {
    fail('NOT_AUTHORISED', { account: certifier.account, caller });
  }
}

/**
 * Withdraws after the deadline and guard; only the party whose assets are locked may.
 * @throws LOCK_CLOSED, NOT_AUTHORISED, DEADLINE_NOT_REACHED
 */
export function withdraw(lock: Lock, closing: Closing): Lock {
  const state = stateAfter(lock, 'withdraw');
  const registrant = lock[REGISTRANT[lock.leg]];
  if (closing.byMspId !== registrant.mspId) {
    fail('NOT_AUTHORISED', { account: registrant.account, caller: closing.byMspId });
  }
  checkWithdrawable(lock, closing.at);
  return { ...lock, state, closing };
}

/**
 * Cancels at any time with both parties' signatures over {@link cancelMessage}.
 * @throws LOCK_CLOSED, BAD_SIGNATURE
 */
export function cancel(lock: Lock, signatures: Readonly<Record<Party, string>>, closing: Closing): Lock {
  const state = stateAfter(lock, 'cancel');
  const message = cancelMessage(lock.channel, lock.leg, lock.swapId);
  for (const party of ['certifier', 'generator'] as const) {
    checkSignature(lock[party].key, message, signatures[party], party);
  }
  return { ...lock, state, closing };
}

/** @throws LOCK_CLOSED when the lock's state does not allow the act */
function stateAfter({ swapId, state }: Lock, act: LockAct): LockState {
  return after(LOCK_LIFE, state, act) ?? fail('LOCK_CLOSED', { swapId, state });
}

/** What an asset that points to this lock is, on its own leg. */
export type Hold = 'locked' | 'taken' | 'free';

const HOLD: Readonly<Record<LockState, Hold>> = {
  OPEN: 'locked',
  EXECUTED: 'taken',
  WITHDRAWN: 'free',
  CANCELLED: 'free',
};

/**
 * What became of the assets under a lock. An executed lock is believed only if its secret opens its hash:
 * two endorsers of three could otherwise write one that never was.
 * @throws LOCK_FORGED
 */
export function holdOf(lock: Lock): Hold {
  if (lock.state === 'EXECUTED' && !(lock.secret && opens(lock.secret, lock.hashLock))) {
    fail('LOCK_FORGED', { swapId: lock.swapId });
  }
  return HOLD[lock.state];
}

/**
 * The hold on an asset by the lock it points to; undefined when it points to none.
 * An asset without the lock it points to is never taken for free.
 * @throws LOCK_NOT_FOUND when `lock` is not the one pointed to; LOCK_FORGED
 */
export function holdOn(lockedBy: SwapId | undefined, lock: Lock | undefined): Hold | undefined {
  if (lock?.swapId !== lockedBy) fail('LOCK_NOT_FOUND', { swapId: lockedBy ?? 'none' });
  return lock && holdOf(lock);
}
