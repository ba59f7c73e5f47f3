// The functions of the power channel: metering points, readings, lots and their destruction.
import { readingsFormat, MOST_SLOTS } from '../day';
import { integer, list, nullable, oneOf, optional } from '../document';
import { energyField, MOST_PARTS } from '../energy';
import { accountIdField, dayField, lotIdField, pointIdField, swapIdField } from '../fields';
import { LOT_STATES } from '../life';
import { lockOutcomeFormat } from '../lock-record';
import { lotFields } from '../lot';
import { MOST_LISTED, nextPageFields, pageFields } from '../page';
import { pointFormat, storedPointFormat } from '../point';
import { record, variant, versioned } from '../record';
import { RECORDS } from '../records';
import { statementFormat } from '../statement';
import { channelRows } from './channel';
import { claimRow, lockRequest, LOCKING } from './locking';
import { evaluate, HELD, submit } from './row';

/** What an intake function answers: the new lot, its energy, its part's number and how many slots are new. */
const intakeAnswer = record({
  lot: nullable(lotIdField),
  energyWh: energyField,
  part: nullable(integer(0, 999)),
  recorded: integer(0, MOST_SLOTS),
});

const INTAKE = [
  'NOT_CONFIGURED',
  'NOT_AUTHORISED',
  'TIME_SKEW',
  'POINT_NOT_FOUND',
  'ACCOUNT_NOT_FOUND',
  'SLOT_OVER_CAPACITY',
  'SLOT_IN_FUTURE',
  'DAY_CONFLICT',
] as const;

/** A lot with its effective state. */
export const shownLotFields = { ...lotFields, state: oneOf(LOT_STATES) };

const shownLot = versioned('lot', { 1: record(shownLotFields) });

/** The records whose versions can be read. */
const history = variant(
  {
    account: record({ kind: oneOf(['account']), id: accountIdField }),
    lock: record({ kind: oneOf(['lock']), id: swapIdField }),
    lot: record({ kind: oneOf(['lot']), id: lotIdField }),
    point: record({ kind: oneOf(['point']), id: pointIdField }),
  },
  ({ kind }) => kind,
);

export const POWER_FUNCTIONS = {
  ...channelRows(history),
  RegisterPoint: submit({
    summary: 'registers a metering point of a generator once and for ever',
    request: pointFormat,
    answer: storedPointFormat,
    refuses: ['NOT_CONFIGURED', 'NOT_AUTHORISED', 'ACCOUNT_NOT_FOUND', 'POINT_CONFLICT'],
    endorsers: 'owner',
  }),
  RecordDay: submit({
    summary:
      'records readings of a day; what is new becomes a lot, and what is there already changes nothing',
    request: readingsFormat,
    answer: intakeAnswer,
    refuses: INTAKE,
    endorsers: 'owner',
  }),
  Issue: submit({
    summary: "states a whole day's energy, where no readings of slots exist",
    request: statementFormat,
    answer: intakeAnswer,
    refuses: INTAKE,
    endorsers: 'owner',
  }),
  RegisterDestruction: submit({
    summary: "puts an agreement's lots under the lock of its swap",
    request: lockRequest,
    answer: lockOutcomeFormat,
    refuses: [...LOCKING, ...HELD, 'LOT_NOT_FOUND', 'LOT_LOCKED', 'LOT_BURNED', 'LOT_SPLIT'],
    endorsers: 'owner',
  }),
  Destroy: claimRow('destroys the locked lots with the secret'),
  Split: submit({
    summary: 'replaces a free lot by parts that hold its energy exactly',
    request: record({ lot: lotIdField, partsWh: list(energyField, 0, MOST_PARTS) }),
    answer: record({ parent: RECORDS.lot, parts: list(RECORDS.lot, 2, MOST_PARTS) }),
    refuses: [
      ...HELD,
      'NOT_CONFIGURED',
      'NOT_AUTHORISED',
      'ACCOUNT_NOT_FOUND',
      'LOT_NOT_FOUND',
      'LOT_LOCKED',
      'LOT_BURNED',
      'LOT_SPLIT',
      'BAD_SPLIT',
    ],
    endorsers: 'owner',
  }),
  ReadPoint: evaluate({
    summary: 'reads one metering point',
    request: record({ id: pointIdField }),
    answer: storedPointFormat,
    refuses: ['POINT_NOT_FOUND'],
  }),
  ListPoints: evaluate({
    summary: 'lists metering points in the order of their ids',
    request: record(pageFields),
    answer: record({ points: list(storedPointFormat, 0, MOST_LISTED), ...nextPageFields }),
    refuses: ['LIST_TOO_LONG'],
  }),
  ReadDay: evaluate({
    summary: 'reads the parts of one day as they are recorded',
    request: record({ point: pointIdField, day: dayField }),
    answer: record({ parts: list(RECORDS.day, 1, 1000) }),
    refuses: ['DAY_NOT_FOUND'],
  }),
  ReadLot: evaluate({
    summary: 'reads one lot with its effective state',
    request: record({ id: lotIdField }),
    answer: shownLot,
    refuses: ['LOT_NOT_FOUND', ...HELD],
  }),
  ListLots: evaluate({
    summary:
      'lists lots with their effective states, in the order of their ids, by point, owner, days and states',
    request: record({
      point: optional(pointIdField),
      owner: optional(accountIdField),
      from: optional(dayField),
      to: optional(dayField),
      states: optional(list(oneOf(LOT_STATES), 1, LOT_STATES.length)),
      ...pageFields,
    }),
    answer: record({ lots: list(shownLot, 0, MOST_LISTED), ...nextPageFields }),
    refuses: ['LIST_TOO_LONG'],
  }),
  BalanceOf: evaluate({
    summary: "adds up the energy of an account's lots by their states, of all metering points or one",
    request: record({ account: accountIdField, point: optional(pointIdField), ...pageFields }),
    answer: record({
      account: accountIdField,
      registeredWh: energyField,
      availableWh: energyField,
      lockedWh: energyField,
      burnedWh: energyField,
      /** What was locked once and is free again. */
      withdrawnWh: energyField,
      ...nextPageFields,
    }),
    refuses: ['ACCOUNT_NOT_FOUND', 'LIST_TOO_LONG'],
  }),
};
