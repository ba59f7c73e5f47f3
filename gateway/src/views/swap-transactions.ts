// What a swap left beside its locks: its transactions in the output form, and the outputs that burned energy went into.
import {
  BURNS,
  formatWh,
  transactionIdOf,
  transactionsOf,
  type AgreedLock,
  type BurnOutput,
  type LegStep,
  type LockState,
  type SignedTransactions,
  type Transaction,
} from '@wattlock/core';

type Condition = Transaction['outputs'][number]['condition'];

/** A transaction in its wire form, and what became of it. */
export interface ShownTransaction {
  readonly channel: string;
  /** The patent's name. */
  readonly step: string;
  readonly id: string;
  readonly executed: boolean;
  readonly inputs: readonly { readonly source: string; readonly energyWh: string }[];
  readonly outputs: readonly { readonly condition: Condition; readonly energyWh: string }[];
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

const STEPS = ['lock', 'refund', 'claim'] as const satisfies readonly LegStep[];

/** The transactions of a leg; none in the account form, which signs none. */
export function transactionsOfLeg(
  { leg, swapId, state, agreement }: AgreedLock,
  signed: SignedTransactions | undefined,
): readonly ShownTransaction[] {
  if (signed === undefined) return [];
  const transactions = transactionsOf(agreement, swapId, { leg, taken: signed.taken });
  return STEPS.map((step) => {
    const { channel, step: name, inputs, outputs, feesWh, notBefore } = transactions[step];
    return {
      channel,
      step: name,
      id: transactionIdOf(transactions[step]),
      executed: EXECUTED_IN[step](state),
      inputs: inputs.map(({ source, energyWh }) => ({ source, energyWh: formatWh(energyWh) })),
      outputs: outputs.map(({ condition, energyWh }) => ({ condition, energyWh: formatWh(energyWh) })),
      feesWh: feesWh.map(formatWh),
      ...(notBefore !== undefined && { notBefore }),
    };
  });
}

/** Where burned energy went; nowhere yet while the lots are not destroyed. */
export function burnedOutputs(power: AgreedLock | undefined): readonly BurnedOutput[] {
  if (power?.state !== 'EXECUTED') return [];
  const { burnForm, certifier, energyWh } = power.agreement;
  return BURNS[burnForm]
    .outputs({ swapId: power.swapId, certifier, energyWh })
    .map(({ condition, energyWh: burnedWh }) => ({ condition, energyWh: formatWh(burnedWh) }));
}
