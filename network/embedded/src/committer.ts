// Validates an ordered block as Fabric's committing peer does, and writes it with all it changes.
// Every transaction stays in the block; its validation code says whether it counts.
import { common } from '@hyperledger/fabric-protos';
import { encodeBlock, type OrderedBlock } from './block';
import { BlockState } from './block-state';
import type { ChannelParts } from './channel-parts';
import { EndorsementCheck } from './endorsement-check';
import type { KnownIdentity } from './membership';
import type { Policy } from './policy';
import {
  Invalid,
  VALIDATION,
  parseAction,
  transactionId,
  type EndorsedAction,
  type Submission,
} from './transaction';

/** A transaction after the checks that need no state. */
interface Examined {
  /** Present when the id is really that of nonce and creator. */
  readonly txId: string | undefined;
  readonly code: number;
  readonly action?: EndorsedAction;
  readonly signers?: readonly KnownIdentity[];
}

export class Committer {
  constructor(
    private readonly parts: ChannelParts,
    private readonly policies: ReadonlyMap<string, Policy>,
  ) {}

  /** On return the block is on disk. @returns bytes of common.Block with validation codes */
  async commit(block: OrderedBlock, submissions: readonly Submission[]): Promise<Uint8Array> {
    const examined = await Promise.all(submissions.map((submission) => this.#examine(submission)));
    return this.parts.gate.change(() => this.#apply(block, examined));
  }

  async #examine(submission: Submission): Promise<Examined> {
    let txId: string | undefined;
    try {
      await this.#checkCreator(submission);
      const { header, nonce, creator } = submission;
      if (header.getTxId() !== transactionId(nonce, creator)) throw new Invalid(VALIDATION.BAD_PROPOSAL_TXID);
      txId = header.getTxId();
      const action = parseAction(submission);
      return { txId, code: VALIDATION.VALID, action, signers: await this.#signers(action) };
    } catch (error) {
      if (error instanceof Invalid) return { txId, code: error.code };
      throw error;
    }
  }

  async #checkCreator({ header, creator, payload, signature }: Submission): Promise<void> {
    if (header.getType() !== common.HeaderType.ENDORSER_TRANSACTION) {
      throw new Invalid(VALIDATION.BAD_COMMON_HEADER);
    }
    const { membership, signatures } = this.parts;
    const identity = membership.identify(creator);
    if (identity === undefined || !(await signatures.verify(identity, payload, signature))) {
      throw new Invalid(VALIDATION.BAD_CREATOR_SIGNATURE);
    }
  }

  async #signers({ responsePayload, endorsements }: EndorsedAction): Promise<KnownIdentity[]> {
    const { membership, signatures } = this.parts;
    const checked = await Promise.all(
      endorsements.map(async ({ endorser, signature }) => {
        const identity = membership.identify(endorser);
        if (identity === undefined) return undefined;
        const message = Buffer.concat([responsePayload, endorser]);
        return (await signatures.verify(identity, message, signature)) ? identity : undefined;
      }),
    );
    const good = checked.filter((identity) => identity !== undefined);
    return [...new Map(good.map((identity) => [identity.id, identity])).values()];
  }

  #apply(block: OrderedBlock, examined: readonly Examined[]): Uint8Array {
    const { number } = block.header;
    const codes = this.#endorsementCodes(examined);
    markDuplicates(examined, codes);
    const state = new BlockState(this.parts.store);
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
    const bytes = encodeBlock(block, codes);
    const transactions = examined.flatMap(({ txId }, tx) =>
      txId === undefined ? [] : [{ id: txId, code: codes[tx] ?? VALIDATION.NOT_VALIDATED }],
    );
    this.parts.store.commit({ number, bytes, transactions, updates: state.updates(), changes });
    return bytes;
  }

  /** Codes before any transaction of the block takes effect. */
  #endorsementCodes(examined: readonly Examined[]): Uint8Array {
    const endorsements = new EndorsementCheck(this.parts.store, this.policies);
    return Uint8Array.from(examined, ({ txId, code, action, signers = [] }) => {
      if (txId === undefined || code === VALIDATION.INVALID_ENDORSER_TRANSACTION) return code;
      if (this.parts.store.transaction(txId) !== undefined) return VALIDATION.DUPLICATE_TXID;
      if (action === undefined) return code;
      const { chaincode, sets } = action;
      if (![chaincode, ...sets.map(({ namespace }) => namespace)].every((name) => this.policies.has(name))) {
        return VALIDATION.INVALID_CHAINCODE;
      }
      return endorsements.satisfied(chaincode, sets, signers) ? code : VALIDATION.ENDORSEMENT_POLICY_FAILURE;
    });
  }
}

function markDuplicates(examined: readonly Examined[], codes: Uint8Array): void {
  const seen = new Set<string>();
  for (const [tx, { txId }] of examined.entries()) {
    if (txId === undefined || codes[tx] !== VALIDATION.VALID) continue;
    if (seen.has(txId)) codes[tx] = VALIDATION.DUPLICATE_TXID;
    seen.add(txId);
  }
}
