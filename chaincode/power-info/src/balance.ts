// BalanceOf: an account's energy by what became of it (I1): registered = available + locked + burned + withdrawn.
import { getAccount, type Call } from '@wattlock/chaincode-fabric';
import {
  accountIdField,
  formatWh,
  optional,
  pointIdField,
  readDocument,
  record,
  sumWh,
  type Json,
  type JsonObject,
  type LotState,
} from '@wattlock/core';
import { seeLots } from './lots';

const request = record({ account: accountIdField, point: optional(pointIdField) });

/**
 * The balance of an account, of all its metering points or one.
 * @returns `{account, registeredWh, availableWh, lockedWh, burnedWh, withdrawnWh}`; a split lot counts by its parts,
 * and `withdrawnWh` is energy that was locked once and is free again.
 * @throws ACCOUNT_NOT_FOUND
 */
export async function readBalance({ state }: Call, document: JsonObject): Promise<Json> {
  const { account, ...where } = readDocument(request, document);
  await getAccount(state, account);
  const seen = (await seeLots(state, where)).filter(({ lot }) => lot.owner === account);
  const energyOf = (...states: readonly LotState[]): string =>
    formatWh(sumWh(seen.filter((entry) => states.includes(entry.state)).map(({ lot }) => lot.energyWh)));
  return {
    account,
    registeredWh: energyOf('available', 'locked', 'burned', 'withdrawn'),
    availableWh: energyOf('available'),
    lockedWh: energyOf('locked'),
    burnedWh: energyOf('burned'),
    withdrawnWh: energyOf('withdrawn'),
  };
}
