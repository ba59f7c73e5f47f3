// Reading what both channels keep of their members: the parameters, and the accounts that act.
import {
  checkActsFor,
  fail,
  keys,
  readRecord,
  type Account,
  type AccountId,
  type MspId,
  type Parameters,
} from '@wattlock/core';
import type { Call } from './call';
import type { Found, LedgerState } from './state';

/** The channel's parameters. @throws NOT_CONFIGURED */
export async function getParameters(state: LedgerState): Promise<Parameters> {
  return parametersIn(await state.get(keys.parameters()));
}

/** The channel's parameters in the record of their key. @throws NOT_CONFIGURED */
export function parametersIn(stored: Found): Parameters {
  return stored === undefined ? fail('NOT_CONFIGURED') : readRecord('parameters', stored);
}

/** An account. @throws ACCOUNT_NOT_FOUND */
export async function getAccount(state: LedgerState, id: AccountId): Promise<Account> {
  return accountIn(await state.get(keys.account(id)), id);
}

/** An account in the record of its key. @throws ACCOUNT_NOT_FOUND */
export function accountIn(stored: Found, id: AccountId): Account {
  return stored === undefined ? fail('ACCOUNT_NOT_FOUND', { account: id }) : readRecord('account', stored);
}

/** The account that acts in this call. @throws ACCOUNT_NOT_FOUND, NOT_AUTHORISED */
export async function getActingAccount(state: LedgerState, id: AccountId, caller: MspId): Promise<Account> {
  const account = await getAccount(state, id);
  checkActsFor(caller, account);
  return account;
}

/** @throws NOT_AUTHORISED unless the caller's organisation is one of these. */
export function checkCaller({ caller }: Call, allowed: readonly (MspId | null)[]): void {
  if (!allowed.includes(caller)) fail('NOT_AUTHORISED', { caller });
}
