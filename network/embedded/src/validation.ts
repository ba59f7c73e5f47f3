// Validates the transactions of one block as Fabric's committing peer does: endorsement, duplicates, versions, phantoms.
// Pure of storage: it reads the state before the block and tells what the block changes, wherever that state is kept.
import type { CommittedTransaction } from './channel-statements';
import type { BlockCommit, StateUpdate } from './channel-store';
import { BlockState } from './block-state';
import { EndorsementCheck } from './endorsement-check';
import type { Policy, PolicyIdentity } from './policy';
import type { NamespaceSet } from './rwset';
import type { StateReader } from './state';
import { VALIDATION } from './transaction';

/** What validation reads: the state before the block and which transactions there were. */
export interface CommittedState extends StateReader {
  transaction(id: string): CommittedTransaction | undefined;
}

/** A transaction after the checks that need no state. */
export interface Examined {
  /** Present when the id is really that of nonce and creator. */
  readonly txId: string | undefined;
  readonly code: number;
  readonly action?: { readonly chaincode: string; readonly sets: readonly NamespaceSet[] };
  /** Endorsers whose signatures are good, each once. */
  readonly signers?: readonly PolicyIdentity[];
}

/** What became of a block's transactions, and what they change. */
export interface Verdict extends Pick<BlockCommit, 'transactions' | 'changes'> {
  /** Fabric's validation code of each transaction. */
  readonly codes: Uint8Array;
  readonly updates: readonly StateUpdate[];
}

/** @param policies of the channel's chaincodes by name */
export function validateBlock(
  committed: CommittedState,
  policies: ReadonlyMap<string, Policy>,
  number: number,
  examined: readonly Examined[],
): Verdict {
  const codes = endorsementCodes(committed, policies, examined);
  markDuplicates(examined, codes);
  const state = new BlockState(committed);
  const changes: { namespace: string; key: string; tx: number }[] = [];
  for (const [tx, { action }] of examined.entries()) {
    if (codes[tx] !== VALIDATION.VALID || action === undefined) continue;
    const code = state.check(action.sets);
    codes[tx] = code;
    if (code !== VALIDATION.VALID) continue;
    state.apply(action.sets, { block: number, tx });
    for (const { namespace, writes } of action.sets) {
      for (const { key } of writes) changes.push({ namespace, key, tx });
    }
  }
  const transactions = examined.flatMap(({ txId }, tx) =>
    txId === undefined ? [] : [{ id: txId, code: codes[tx] ?? VALIDATION.NOT_VALIDATED }],
  );
  return { codes, transactions, updates: state.updates(), changes };
}

/** Codes before any transaction of the block takes effect. */
function endorsementCodes(
  committed: CommittedState,
  policies: ReadonlyMap<string, Policy>,
  examined: readonly Examined[],
): Uint8Array {
  const endorsements = new EndorsementCheck(committed, policies);
  return Uint8Array.from(examined, ({ txId, code, action, signers = [] }) => {
    if (txId === undefined || code === VALIDATION.INVALID_ENDORSER_TRANSACTION) return code;
    if (committed.transaction(txId) !== undefined) return VALIDATION.DUPLICATE_TXID;
    if (action === undefined) return code;
    const { chaincode, sets } = action;
    if (![chaincode, ...sets.map(({ namespace }) => namespace)].every((name) => policies.has(name))) {
      return VALIDATION.INVALID_CHAINCODE;
    }
    return endorsements.satisfied(chaincode, sets, signers) ? code : VALIDATION.ENDORSEMENT_POLICY_FAILURE;
  });
}

function markDuplicates(examined: readonly Examined[], codes: Uint8Array): void {
  const seen = new Set<string>();
  for (const [tx, { txId }] of examined.entries()) {
    if (txId === undefined || codes[tx] !== VALIDATION.VALID) continue;
    if (seen.has(txId)) codes[tx] = VALIDATION.DUPLICATE_TXID;
    seen.add(txId);
  }
}
