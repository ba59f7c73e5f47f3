// The functions of the certificate channel: certificates issued, locked, delivered, and made usable by burn receipts.
import { certificateFields, issueFormat, retirementFields } from '../certificate';
import { ascending, flag, list, oneOf, optional } from '../document';
import { energyField, MOST_PARTS } from '../energy';
import { accountIdField, certificateIdField, digestField, swapIdField } from '../fields';
import { CERTIFICATE_STATES } from '../life';
import { lockOutcomeFormat } from '../lock-record';
import { MOST_LISTED, nextPageFields, pageFields } from '../page';
import { MOST_STOCK_SLOTS } from '../parameters';
import { receiptFormat } from '../receipt';
import { record, variant, versioned } from '../record';
import { RECORDS } from '../records';
import { stockFields, stockIssueFormat, stockSlotField } from '../stock';
import { channelRows } from './channel';
import { claimRow, lockRequestFields, LOCKING } from './locking';
import { evaluate, HELD, submit } from './row';

/** Most receipts of one transaction. */
const MOST_RECEIPTS = 500;

/** A certificate with its effective state and owner, and whether it may be assigned, split or retired. */
export const shownCertificateFields = {
  ...certificateFields,
  state: oneOf(CERTIFICATE_STATES),
  usable: flag,
};

const shownCertificate = versioned('certificate', { 1: record(shownCertificateFields) });

/** A slot of the stock with what is free in it, and whether an open swap holds it. */
export const shownSlotFields = { ...stockFields, freeWh: energyField, held: flag };

const shownSlot = versioned('stock', { 1: record(shownSlotFields) });

const USING = [
  ...HELD,
  'NOT_CONFIGURED',
  'NOT_AUTHORISED',
  'ACCOUNT_NOT_FOUND',
  'CERTIFICATE_NOT_FOUND',
  'CERTIFICATE_NOT_USABLE',
] as const;

/** The records whose versions can be read. */
const history = variant(
  {
    account: record({ kind: oneOf(['account']), id: accountIdField }),
    certificate: record({ kind: oneOf(['certificate']), id: certificateIdField }),
    lock: record({ kind: oneOf(['lock']), id: swapIdField }),
  },
  ({ kind }) => kind,
);

export const CERTIFICATE_FUNCTIONS = {
  ...channelRows(history),
  Issue: submit({
    summary: 'issues a certificate without a swap; it stays with the certifier until one delivers it',
    request: issueFormat,
    answer: RECORDS.certificate,
    refuses: [
      ...HELD,
      'NOT_CONFIGURED',
      'NOT_AUTHORISED',
      'TIME_SKEW',
      'ACCOUNT_NOT_FOUND',
      'CERTIFICATE_CONFLICT',
      'LOT_ALREADY_CERTIFIED',
    ],
    endorsers: 'channel',
  }),
  RegisterTransfer: submit({
    summary:
      'locks what was issued before: a certificate that is just what is agreed, or energy of a stock slot',
    request: variant(
      {
        issued: record({ ...lockRequestFields, certificate: certificateIdField }),
        stock: record({ ...lockRequestFields, contentHash: digestField, stockSlot: stockSlotField }),
      },
      ({ stockSlot }) => (stockSlot === undefined ? 'issued' : 'stock'),
    ),
    answer: lockOutcomeFormat,
    refuses: [
      ...LOCKING,
      ...HELD,
      'LOT_ALREADY_CERTIFIED',
      'CERTIFICATE_NOT_FOUND',
      'CERTIFICATE_LOCKED',
      'CERTIFICATE_NOT_USABLE',
      'STOCK_NOT_FOUND',
      'STOCK_LOCKED',
      'STOCK_SHORT',
      'STOCK_CONFLICT',
    ],
    endorsers: 'owner',
  }),
  IssueForSwap: submit({
    summary: 'issues the certificate of a swap and locks it in the same commit',
    request: record({ ...lockRequestFields, contentHash: digestField }),
    answer: lockOutcomeFormat,
    refuses: [...LOCKING, ...HELD, 'LOT_ALREADY_CERTIFIED'],
    endorsers: 'owner',
  }),
  Transfer: claimRow('delivers the locked certificate with the secret'),
  Split: submit({
    summary: 'replaces a usable certificate by parts of the same owner that hold its energy exactly',
    request: record({ certificate: certificateIdField, partsWh: list(energyField, 0, MOST_PARTS) }),
    answer: record({ parent: RECORDS.certificate, parts: list(RECORDS.certificate, 2, MOST_PARTS) }),
    refuses: [...USING, 'BAD_SPLIT'],
    endorsers: 'owner',
  }),
  IssueStock: submit({
    summary: "issues energy into a slot of the certifier's stock, from which only swaps take",
    request: stockIssueFormat,
    answer: shownSlot,
    refuses: [
      ...HELD,
      'NOT_CONFIGURED',
      'NOT_AUTHORISED',
      'TIME_SKEW',
      'ACCOUNT_NOT_FOUND',
      'STOCK_FULL',
      'STOCK_CONFLICT',
    ],
    endorsers: 'channel',
  }),
  Assign: submit({
    summary: "assigns a usable certificate to another generator's account",
    request: record({ certificate: certificateIdField, to: accountIdField }),
    answer: RECORDS.certificate,
    refuses: USING,
    endorsers: 'owner',
  }),
  Retire: submit({
    summary: 'retires a usable certificate for a beneficiary: its value is used, and it never moves again',
    request: record({ certificate: certificateIdField, ...retirementFields }),
    answer: RECORDS.certificate,
    refuses: [...USING, 'TIME_SKEW'],
    endorsers: 'owner',
  }),
  ConfirmBurn: submit({
    summary: 'registers burn receipts of swaps, which make their certificates usable',
    request: record({
      burns: ascending(list(receiptFormat, 1, MOST_RECEIPTS), (receipt) => receipt.swapId),
    }),
    answer: record({ confirmed: list(swapIdField, 1, MOST_RECEIPTS) }),
    refuses: ['NOT_CONFIGURED', 'NOT_AUTHORISED', ...HELD, 'CERTIFICATE_CONFLICT'],
    endorsers: 'owner',
  }),
  ReadCertificate: evaluate({
    summary: 'reads one certificate with its effective state and owner, and whether it is usable',
    request: record({ id: certificateIdField }),
    answer: shownCertificate,
    refuses: ['CERTIFICATE_NOT_FOUND', ...HELD],
  }),
  ListCertificates: evaluate({
    summary: 'lists certificates with their effective states and owners, in the order of their ids',
    request: record({
      owner: optional(accountIdField),
      states: optional(list(oneOf(CERTIFICATE_STATES), 1, CERTIFICATE_STATES.length)),
      ...pageFields,
    }),
    answer: record({ certificates: list(shownCertificate, 0, MOST_LISTED), ...nextPageFields }),
    refuses: ['LIST_TOO_LONG'],
  }),
  ReadStock: evaluate({
    summary: "reads one slot of the certifier's stock",
    request: record({ slot: stockSlotField }),
    answer: shownSlot,
    refuses: ['STOCK_NOT_FOUND', ...HELD],
  }),
  ListStock: evaluate({
    summary: 'lists the slots that were ever issued into, by number within a page',
    request: record(pageFields),
    answer: record({ slots: list(shownSlot, 0, MOST_STOCK_SLOTS), ...nextPageFields }),
    refuses: ['LIST_TOO_LONG'],
  }),
  BalanceOf: evaluate({
    summary: "adds up the energy of an account's certificates by their states; the stock is not among them",
    request: record({ account: accountIdField, ...pageFields }),
    answer: record({
      account: accountIdField,
      issuedWh: energyField,
      lockedWh: energyField,
      deliveredWh: energyField,
      /** Part of the delivered energy; retired energy is not. */
      usableWh: energyField,
      retiredWh: energyField,
      voidWh: energyField,
      ...nextPageFields,
    }),
    refuses: ['ACCOUNT_NOT_FOUND', 'LIST_TOO_LONG'],
  }),
};
