// The functions that both channels have: parameters, accounts, the end of locks, and reading what both keep.
import { accountFormat, storedAccountFormat } from '../account';
import { anyDocument, list, nullable, oneOf, optional, type Format } from '../document';
import {
  accountIdField,
  bodyIdField,
  instantField,
  signatureField,
  swapIdField,
  transactionIdField,
} from '../fields';
import { LOCK_STATES } from '../life';
import { agreedLockFormat, lockOutcomeFormat } from '../lock-record';
import { lockSignaturesField } from '../outputs';
import { MOST_LISTED, nextPageFields, pageFields } from '../page';
import { parametersFormat } from '../parameters';
import { record } from '../record';
import { transactionFields } from '../transaction';
import { CLOSING, swapRequest } from './locking';
import { evaluate, submit } from './row';

const nothing = record({});

const shownTransaction = record({ id: bodyIdField, ...transactionFields });

/** One version of a record: who wrote it, the transaction's own time, and what; `null` for a deletion. */
export const versionFormat = record({
  transactionId: transactionIdField,
  at: instantField,
  value: nullable(anyDocument('the record as it was stored')),
});

/** The rows of a channel. @param history what its records' versions are asked for with; the kinds of records differ. */
export const channelRows = <Q>(history: Format<Q>) => ({
  Configure: submit({
    summary: 'sets the roles of organisations and the limits of time and energy',
    request: parametersFormat,
    answer: parametersFormat,
    refuses: ['NOT_AUTHORISED'],
    endorsers: 'parties',
  }),
  RegisterAccount: submit({
    summary: 'registers an account of an organisation once and for ever',
    request: accountFormat,
    answer: storedAccountFormat,
    refuses: ['NOT_CONFIGURED', 'NOT_AUTHORISED', 'ACCOUNT_CONFLICT'],
    endorsers: 'owner',
  }),
  Withdraw: submit({
    summary: 'gives locked assets back to whoever locked them, after the deadline and the guard',
    request: swapRequest,
    answer: lockOutcomeFormat,
    refuses: [...CLOSING, 'NOT_AUTHORISED', 'DEADLINE_NOT_REACHED'],
    endorsers: 'lock',
  }),
  Cancel: submit({
    summary: "gives locked assets back at any time, with both parties' signatures",
    request: record({
      swapId: swapIdField,
      signatures: record({ certifier: signatureField, generator: signatureField }),
    }),
    answer: lockOutcomeFormat,
    refuses: [...CLOSING, 'BAD_SIGNATURE'],
    endorsers: 'lock',
  }),
  ReadParameters: evaluate({
    summary: "reads the channel's parameters",
    request: nothing,
    answer: parametersFormat,
    refuses: ['NOT_CONFIGURED'],
  }),
  ReadAccount: evaluate({
    summary: 'reads one account',
    request: record({ id: accountIdField }),
    answer: storedAccountFormat,
    refuses: ['ACCOUNT_NOT_FOUND'],
  }),
  ReadLock: evaluate({
    summary: 'reads one lock with its agreement',
    request: swapRequest,
    answer: agreedLockFormat,
    refuses: ['LOCK_NOT_FOUND', 'LOCK_FORGED', 'AGREEMENT_MISMATCH'],
  }),
  ListLocks: evaluate({
    summary:
      'lists locks in the order of their swap ids, and apart the swaps whose lock is not to be believed',
    request: record({ state: optional(oneOf(LOCK_STATES)), ...pageFields }),
    answer: record({
      locks: list(agreedLockFormat, 0, MOST_LISTED),
      forged: list(swapIdField, 0, MOST_LISTED),
      ...nextPageFields,
    }),
    refuses: ['LIST_TOO_LONG'],
  }),
  ReadTransactions: evaluate({
    summary: 'reads the transactions of a lock of the output form, as they were registered with it',
    request: swapRequest,
    answer: record({
      transactions: record({ lock: shownTransaction, refund: shownTransaction, claim: shownTransaction }),
      signatures: lockSignaturesField,
    }),
    refuses: ['LOCK_NOT_FOUND', 'LOCK_FORGED', 'AGREEMENT_MISMATCH', 'TRANSACTIONS_NOT_FOUND'],
  }),
  HistoryOf: evaluate({
    summary: 'reads all versions of one record, oldest first',
    request: history,
    answer: record({ entries: list(versionFormat, 0, MOST_LISTED) }),
    refuses: [],
  }),
});
