// Whose records are whose among several generator organisations, for which the chaincode's policy takes any one of them.
// A generator's record carries the policy of the certifier and its own organisation. A new key has no policy yet, so
// whatever is done for an organisation also writes its witness key, which has that policy and which nobody reads.
// With one generator the chaincode's policy says all of this already, and nothing here writes anything.
import {
  keys,
  ownerEndorsers,
  parties,
  writeRecord,
  type AccountId,
  type JsonObject,
  type MspId,
  type Roles,
} from '@wattlock/core';
import { getAccount } from './accounts';
import { policyBytes } from './policy';
import type { LedgerState } from './state';

/** Writes that are done for one organisation. */
export interface OwnWrites {
  /** Writes a record; one that is there keeps its policy. */
  put(key: string, record: JsonObject): void;
  /** Writes a record that is new, or new to this organisation: it endorses every later write. */
  take(key: string, record: JsonObject): void;
  /** Writes a record that belongs to another generator organisation from now on, which need not endorse this. */
  give(key: string, record: JsonObject, to: MspId): void;
}

const WITNESS = writeRecord('organisation', {});

/** How records of an organisation are written; those of certifier and auditor, and of the only generator, plainly. */
export function writesFor(state: LedgerState, roles: Roles, mspId: MspId): OwnWrites {
  const plain = (key: string, record: JsonObject): void => {
    state.put(key, record);
  };
  if (roles.generators.length === 1 || !roles.generators.includes(mspId)) {
    return { put: plain, take: plain, give: plain };
  }
  let witnessed = false;
  const put = (key: string, record: JsonObject): void => {
    if (!witnessed) state.put(keys.organisation(mspId), WITNESS);
    witnessed = true;
    state.put(key, record);
  };
  const give = (key: string, record: JsonObject, to: MspId): void => {
    put(key, record);
    state.putPolicy(key, policyBytes(ownerEndorsers(roles, to)));
  };
  return {
    put,
    take(key, record) {
      give(key, record, mspId);
    },
    give,
  };
}

/** How records of an account's organisation are written. Its record is read only where there is something to tell apart. */
export async function writesForAccount(
  state: LedgerState,
  roles: Roles,
  account: AccountId,
): Promise<OwnWrites> {
  const { mspId } =
    roles.generators.length === 1 ? { mspId: roles.certifier } : await getAccount(state, account);
  return writesFor(state, roles, mspId);
}

/**
 * Gives the parameters the policy of everybody they concern, and new generator organisations their witness keys.
 * @param before the roles in force until now; undefined when there were none.
 */
export function guardRoles(state: LedgerState, before: Roles | undefined, roles: Roles): void {
  const several = roles.generators.length > 1;
  const hadSeveral = before !== undefined && before.generators.length > 1;
  if (several || hadSeveral) {
    const mspIds = parties(roles);
    state.putPolicy(keys.parameters(), policyBytes({ n: mspIds.length, mspIds }));
  }
  if (!several) return;
  for (const mspId of roles.generators) {
    if (hadSeveral && before.generators.includes(mspId)) continue;
    state.put(keys.organisation(mspId), WITNESS);
    state.putPolicy(keys.organisation(mspId), policyBytes(ownerEndorsers(roles, mspId)));
  }
}
