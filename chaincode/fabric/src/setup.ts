// What both channels are set up with: their parameters and the accounts that act on them.
import {
  badField,
  canonicalJson,
  checkOrganisation,
  keys,
  readRecord,
  writeRecord,
  type Account,
  type Leg,
  type Parameters,
} from '@wattlock/core';
import { checkCaller, getParameters } from './accounts';
import type { Call } from './call';
import { guardRoles, writesFor } from './ownership';
import { register } from './registry';

/** Sets the channel's parameters. Only the certifier's organisation may: the one in force, or the first one named. */
export async function configure(leg: Leg, call: Call, parameters: Parameters): Promise<Parameters> {
  const stored = await call.state.get(keys.parameters());
  const inForce = stored === undefined ? parameters : readRecord('parameters', stored);
  checkCaller(call, [inForce.roles.certifier]);
  if (parameters[leg].channel !== call.channel) badField(`${leg}.channel`, `expected ${call.channel}`);
  const record = writeRecord('parameters', parameters);
  if (stored === undefined || canonicalJson(stored) !== canonicalJson(record)) {
    call.state.put(keys.parameters(), record);
    guardRoles(call.state, stored && inForce.roles, parameters.roles);
  }
  return parameters;
}

/** Registers an account, by the certifier's organisation or the account's own. */
export async function registerAccount(call: Call, account: Account): Promise<Account> {
  const { roles } = await getParameters(call.state);
  checkOrganisation(account, roles);
  checkCaller(call, [roles.certifier, account.mspId]);
  const key = keys.account(account.id);
  const stored = await call.state.get(key);
  const writes = writesFor(call.state, roles, account.mspId);
  return register(writes, { kind: 'account', key, stored, content: account, conflict: 'ACCOUNT_CONFLICT' });
}
