// Contracts of the two channels: handlers for every function of a channel's table, and those that both have.
import {
  functionNames,
  functionRow,
  type AnswerOf,
  type FunctionName,
  type Leg,
  type RequestOf,
  type SharedName,
} from '@wattlock/core';
import { cancelLock, withdrawLock } from './closing';
import { framed, type ContractFunction, type Handler } from './contract';
import { historyOf, listLocks, readChannelParameters, readOneAccount, readOneLock } from './reads';
import { configure, registerAccount } from './setup';
import { readTransactions } from './transactions';

/** A handler for every function of a channel; the compiler asks for the one that is missing. */
export type Handlers<L extends Leg> = {
  readonly [N in FunctionName<L>]: Handler<RequestOf<L, N>, AnswerOf<L, N>>;
};

/** Handlers of the functions that both channels have with the same rows. */
export type SharedHandlers = {
  readonly [N in SharedName]: Handler<RequestOf<Leg, N>, AnswerOf<Leg, N>>;
};

/** The functions of a channel as its contract runs them. */
export function channelFunctions<L extends Leg>(
  leg: L,
  handlers: Handlers<L>,
): Readonly<Record<string, ContractFunction>> {
  const bound = functionNames(leg).map((name): [string, ContractFunction] => [
    name,
    framed(functionRow(leg, name), handlers[name]),
  ]);
  return Object.fromEntries(bound);
}

/** The shared handlers over the leg they serve. */
export function sharedHandlers(leg: Leg): SharedHandlers {
  return {
    Configure: (call, parameters) => configure(leg, call, parameters),
    RegisterAccount: registerAccount,
    Withdraw: withdrawLock,
    Cancel: cancelLock,
    ReadParameters: readChannelParameters,
    ReadAccount: readOneAccount,
    ReadLock: readOneLock,
    ListLocks: listLocks,
    ReadTransactions: readTransactions,
    HistoryOf: historyOf,
  };
}
