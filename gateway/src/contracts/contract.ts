// The contract on a channel, as core's table has it: `contractOf(ledgers.power).evaluate.ReadLot({ id })`.
// A function's name is a member that the compiler knows; its request is typed and written, its answer read, by its row.
import {
  functionNames,
  functionRow,
  writeDocument,
  type AnswerOf,
  type EvaluateName,
  type FunctionName,
  type FunctionRow,
  type Leg,
  type RequestOf,
  type SharedName,
  type SubmitName,
} from '@wattlock/core';
import type { Commit, EndorsedTransaction, Ledger, TransactionRequest } from '../ledger';
import { submitWithRetry, type RetryPolicy } from '../ledger/transactions';
import { readAnswer } from './answer';

/** A request as it is asked with: a member that may be absent may also be given as undefined. */
export type Asked<Request> = {
  readonly [K in keyof Request]: object extends Pick<Request, K> ? Request[K] | undefined : Request[K];
};

/** How a transaction is endorsed, beyond its document: see {@link TransactionRequest}. */
export type EndorseOptions = Pick<TransactionRequest, 'transient' | 'endorsers' | 'timestamp' | 'after'>;

export interface SubmitOptions extends EndorseOptions {
  /** How long, and against which refusals, it is tried; default: as {@link submitWithRetry} does. */
  readonly retry?: RetryPolicy;
}

/** An endorsed transaction with what the contract answered; {@link Ledger.send} takes it. */
export interface Endorsed<Answer> extends EndorsedTransaction {
  readonly answer: Answer;
}

/** A committed transaction with what the contract answered. */
export interface Committed<Answer> extends Commit {
  readonly answer: Answer;
}

export type Evaluate<Request, Answer> = (request: Asked<Request>) => Promise<Answer>;
export type Endorse<Request, Answer> = (
  request: Asked<Request>,
  options?: EndorseOptions,
) => Promise<Endorsed<Answer>>;
export type Submit<Request, Answer> = (
  request: Asked<Request>,
  options?: SubmitOptions,
) => Promise<Committed<Answer>>;

/** The names on a channel; where the types do not know which of both it is, those that both have with the same rows. */
type Known<L extends Leg> = [Leg] extends [L] ? SharedName : FunctionName<L>;
type Evaluated<L extends Leg> = Known<L> & EvaluateName<L>;
type Submitted<L extends Leg> = Known<L> & SubmitName<L>;

/**
 * The functions of a contract, by what is done with them. Each throws WattlockError when the contract refuses, with one of
 * the codes of its row, and LedgerError: ANSWER_MALFORMED when the answer is not what the table says.
 */
export interface Contract<L extends Leg = Leg> {
  /** Asks the own organisation's peer; nothing changes. Never with a secret. */
  readonly evaluate: { readonly [N in Evaluated<L>]: Evaluate<RequestOf<L, N>, AnswerOf<L, N>> };
  /** Gathers endorsements and sends nothing. */
  readonly endorse: { readonly [N in Submitted<L>]: Endorse<RequestOf<L, N>, AnswerOf<L, N>> };
  /** Endorses, sends and waits for the commit, again where that can help. What cannot be read is not sent. */
  readonly submit: { readonly [N in Submitted<L>]: Submit<RequestOf<L, N>, AnswerOf<L, N>> };
}

/** The contract on a channel. */
export function contractOf<L extends Leg>(ledger: Ledger<L>): Contract<L> {
  const { leg } = ledger;
  const names = functionNames(leg);
  const evaluated = names.filter((name): name is Evaluated<L> => functionRow(leg, name).kind === 'evaluate');
  const submitted = names.filter((name): name is Submitted<L> => functionRow(leg, name).kind === 'submit');
  return {
    evaluate: each<Contract<L>['evaluate']>(evaluated, (name) =>
      evaluating(ledger, name, functionRow(leg, name)),
    ),
    endorse: each<Contract<L>['endorse']>(submitted, (name) =>
      endorsing(ledger, name, functionRow(leg, name)),
    ),
    submit: each<Contract<L>['submit']>(submitted, (name) =>
      submitting(ledger, name, functionRow(leg, name)),
    ),
  };
}

/** A member for each name. */
function each<T extends object>(names: readonly (keyof T)[], make: <N extends keyof T>(name: N) => T[N]): T {
  const members: Partial<T> = {};
  for (const name of names) members[name] = make(name);
  return members as T;
}

function evaluating<Q, A>(ledger: Ledger, fn: string, row: FunctionRow<Q, A>): Evaluate<Q, A> {
  return async (request) =>
    readAnswer(fn, row.answer, await ledger.evaluate(fn, writeDocument(row.request, request)));
}

function endorsing<Q, A>(ledger: Ledger, fn: string, row: FunctionRow<Q, A>): Endorse<Q, A> {
  return async (request, options) => {
    const document = writeDocument(row.request, request);
    const endorsed = await ledger.endorse({ fn, document, ...options });
    return { ...endorsed, answer: readAnswer(fn, row.answer, endorsed.result) };
  };
}

function submitting<Q, A>(ledger: Ledger, fn: string, row: FunctionRow<Q, A>): Submit<Q, A> {
  return async (request, { retry, ...options } = {}) => {
    const document = writeDocument(row.request, request);
    const answerOf = ({ result }: Pick<Commit, 'result'>): A => readAnswer(fn, row.answer, result);
    const commit = await submitWithRetry(
      ledger,
      { fn, document, ...options },
      {
        ...retry,
        onEndorsed: (endorsed) => {
          answerOf(endorsed);
          retry?.onEndorsed?.(endorsed);
        },
      },
    );
    return { ...commit, answer: answerOf(commit) };
  };
}
