// The burn receipt: on the certificate channel, where the destruction of a swap's lots was seen. It makes a delivered
// certificate usable.
import { integer, type Read } from './document';
import { swapIdField, transactionIdField } from './fields';
import { record } from './record';

export const receiptFormat = record({
  swapId: swapIdField,
  /** Block and transaction of the power channel in which the lock was seen EXECUTED. */
  blockNumber: integer(0, Number.MAX_SAFE_INTEGER),
  transactionId: transactionIdField,
});

export type BurnReceipt = Read<typeof receiptFormat>;
