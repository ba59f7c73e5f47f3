// What a swap left beside its locks: its transactions in the output form, and the outputs that burned energy went into.
import {
  BURNS,
  formatWh,
  LEGS,
  readStoredAgreement,
  WattlockError,
  type BurnOutput,
  type JsonObject,
  type Leg,
  type LegStep,
  type LockState,
  type SwapId,
} from '@wattlock/core';
import type { Ledgers } from '../ledger';

/** A transaction in its wire form, and what became of it. */
export interface ShownTransaction {
  readonly channel: string;
  /** The patent's name. */
  readonly step: string;
  readonly id: string;
  readonly executed: boolean;
  readonly inputs: readonly { readonly source: string; readonly energyWh: string }[];
  readonly outputs: readonly { readonly condition: JsonObject; readonly energyWh: string }[];
  readonly feesWh: readonly string[];
  readonly notBefore?: number;
}

/** Energy that left the power ledger, by where it went; subtracted energy went nowhere. */
export interface BurnedOutput {
  readonly condition: BurnOutput['condition'];
  readonly energyWh: string;
}

/** The state of a leg's lock in which each transaction has been executed. */
const EXECUTED_IN: Readonly<Record<LegStep, (state: LockState) => boolean>> = {
  lock: () => true,
  refund: (state) => state === 'WITHDRAWN',
  claim: (state) => state === 'EXECUTED',
};

type StatesOf = Readonly<Record<Leg, LockState | undefined>>;

/** The transactions of both legs; none in the account form. */
export async function transactionsOfSwap(
  ledgers: Ledgers,
  swapId: SwapId,
  states: StatesOf,
): Promise<readonly ShownTransaction[]> {
  const legs = await Promise.all(
    LEGS.map(async (leg) => {
      const state = states[leg];
      return state === undefined ? [] : transactionsOfLeg(ledgers, leg, swapId, state);
    }),
  );
  return legs.flat();
}

async function transactionsOfLeg(
  ledgers: Ledgers,
  leg: Leg,
  swapId: SwapId,
  state: LockState,
): Promise<readonly ShownTransaction[]> {
  try {
    const answer = await ledgers[leg].evaluate('ReadTransactions', { swapId });
    const transactions = answer['transactions'] as unknown as Readonly<Record<LegStep, ShownTransaction>>;
    return (['lock', 'refund', 'claim'] as const).map((step) => {
      const { channel, step: name, id, inputs, outputs, feesWh, notBefore } = transactions[step];
      const executed = EXECUTED_IN[step](state);
      return {
        ...{ channel, step: name, id, executed, inputs, outputs, feesWh },
        ...(notBefore !== undefined && { notBefore }),
      };
    });
  } catch (error) {
    if (error instanceof WattlockError && error.code === 'TRANSACTIONS_NOT_FOUND') return [];
    throw error;
  }
}

/** Where burned energy went; nowhere yet while the lots are not destroyed. */
export function burnedOutputs(
  stored: JsonObject,
  swapId: SwapId,
  power: LockState | undefined,
): BurnedOutput[] {
  if (power !== 'EXECUTED') return [];
  const { burnForm, certifier, energyWh } = readStoredAgreement(stored, swapId);
  return BURNS[burnForm]
    .outputs({ swapId, certifier, energyWh })
    .map((output) => ({ condition: output.condition, energyWh: formatWh(output.energyWh) }));
}
