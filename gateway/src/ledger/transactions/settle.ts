// From a transaction's status to the port's answer. Bytes that were sent twice are decided by their first appearance.
import type { CommitStatus } from './commit-watch';
import { type Commit, type EndorsedTransaction, LedgerError } from '..';
import { TxValidationCode } from '../protos';

const NAMES = new Map(Object.entries(TxValidationCode).map(([name, code]) => [code as number, name]));

/**
 * The commit of a VALID transaction.
 * @param first looks up where the transaction stands for good; asked when it came up a second time (code 9).
 * @throws INVALIDATED with the validation code.
 */
export async function settle(
  transaction: EndorsedTransaction,
  status: CommitStatus,
  first: () => Promise<CommitStatus | undefined>,
): Promise<Commit> {
  const { transactionId, result } = transaction;
  const repeated = status.validationCode === TxValidationCode.DUPLICATE_TXID;
  const { blockNumber, validationCode } = (repeated ? await first() : undefined) ?? status;
  if (validationCode === TxValidationCode.VALID) return { transactionId, blockNumber, result };
  const name = NAMES.get(validationCode) ?? 'UNKNOWN';
  throw new LedgerError('INVALIDATED', `Block ${blockNumber} marks the transaction ${name}`, {
    transactionId,
    validationCode,
  });
}
