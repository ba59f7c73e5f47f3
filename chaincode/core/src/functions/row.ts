// What the table of contract functions says of each of them. A row is all that contracts, clients, documents and tests know.
import type { Format } from '../document';
import type { ErrorCode } from '../errors';

/** Who must endorse what a function writes. */
export const ENDORSERS = {
  /** Nothing is written, so one peer answers. */
  one: 'one peer answers',
  /** The chaincode's policy. */
  channel: 'the certifier and a generator',
  /** Records of one generator carry the policy of both. */
  owner: 'the certifier and the generator whose records they are',
  parties: 'the certifier and every generator',
  /** The key-level policy of a lock, so that a claim needs no counterparty. */
  lock: 'two of the three of the lock: the certifier, its generator, the auditor',
} as const;
export type Endorsers = keyof typeof ENDORSERS;

export type FunctionKind = 'submit' | 'evaluate';

export interface FunctionRow<Request, Answer, Kind extends FunctionKind = FunctionKind> {
  /** Whether it is ordered and committed, or answered by one peer and changes nothing. */
  readonly kind: Kind;
  /** One sentence for reference pages, of which the function's name is the subject. */
  readonly summary: string;
  readonly request: Format<Request>;
  readonly answer: Format<Answer>;
  /** Private inputs by their names, which are in no block. */
  readonly transient?: Readonly<Record<string, string>>;
  /** What it refuses with beside {@link COMMON_REFUSALS}. */
  readonly refuses: readonly ErrorCode[];
  readonly endorsers: Endorsers;
}

/** What every function may refuse with: a bad document, and records that it cannot read. */
export const COMMON_REFUSALS: readonly ErrorCode[] = [
  'BAD_DOCUMENT',
  'BAD_FIELD',
  'BAD_ENERGY',
  'RECORD_VERSION',
  'RECORD_MALFORMED',
  'INTERNAL',
];

/** Reading the lock that an asset points to. */
export const HELD: readonly ErrorCode[] = ['LOCK_NOT_FOUND', 'LOCK_FORGED', 'AGREEMENT_MISMATCH'];

/** A function whose transaction is ordered and committed. */
export function submit<Q, A>(row: Omit<FunctionRow<Q, A>, 'kind'>): FunctionRow<Q, A, 'submit'> {
  return { kind: 'submit', ...row };
}

/** A function that changes nothing. */
export function evaluate<Q, A>(
  row: Omit<FunctionRow<Q, A>, 'kind' | 'endorsers'>,
): FunctionRow<Q, A, 'evaluate'> {
  return { kind: 'evaluate', endorsers: 'one', ...row };
}
