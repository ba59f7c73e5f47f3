// Transactions of the output form: outputs with conditions, what a body holds, and what is signed of it.
import { canonicalJson, type JsonObject } from './canonical';
import { sha256Hex } from './digest';
import { list, optional, text, writeDocument, type Read } from './document';
import { energyField, formatWh, sumWh } from './energy';
import { fail } from './errors';
import { instantField, nameField, swapIdField } from './fields';
import { conditionField } from './forms';
import { record } from './record';
import type { TransactionId } from './units';

/** An output that a transaction spends: of another transaction (`id:index`), or of the ledger (its record's key). */
export const inputFormat = record({
  source: text(/^[ -~]{1,200}$/, 'an output or the key of a record'),
  energyWh: energyField,
});
export type Input = Read<typeof inputFormat>;

const outputFormat = record({ energyWh: energyField, condition: conditionField });
export type Output = Read<typeof outputFormat>;

/** Most inputs or outputs: the lots of a swap, and what is left of a slot. */
const MOST = 1001;

export const transactionFields = {
  /** The patent's name of the step. */
  step: text(/^[A-Z0-9_]{1,20}'?$/, "the patent's name of a step"),
  channel: nameField,
  swapId: swapIdField,
  inputs: list(inputFormat, 0, MOST),
  outputs: list(outputFormat, 0, MOST),
  /** Declared fees, paid into the certifier's fee sink. */
  feesWh: list(energyField, 0, MOST),
  /** First instant at which it may be executed. */
  notBefore: optional(instantField),
};

/** The body of a transaction: what is signed, and what its id is the hash of. */
const transactionFormat = record(transactionFields);
export type Transaction = Read<typeof transactionFormat>;

/**
 * Conservation: what goes in is what comes out, with the declared fees.
 * @throws NOT_CONSERVED
 */
export function checkConserved({ step, inputs, outputs, feesWh }: Transaction): void {
  const spent = sumWh(inputs.map((input) => input.energyWh));
  const made = sumWh([...outputs.map((output) => output.energyWh), ...feesWh]);
  if (spent !== made) fail('NOT_CONSERVED', { step, inputsWh: formatWh(spent), outputsWh: formatWh(made) });
}

/** The wire form of a body. */
export function writeTransaction(transaction: Transaction): JsonObject {
  return writeDocument(transactionFormat, transaction);
}

/** The text that signatures of a transaction are over: its canonical body. */
export function transactionMessage(transaction: Transaction): string {
  return canonicalJson({ domain: 'wattlock/transaction/v1', ...writeTransaction(transaction) });
}

/** SHA-256 of the canonical body. */
export function transactionIdOf(transaction: Transaction): TransactionId {
  return sha256Hex(transactionMessage(transaction)) as TransactionId;
}
