// `wattlock point`: registering and listing metering points.
import {
  accountIdField,
  FUNCTIONS,
  placeField,
  PLANT_TYPES,
  pointIdField,
  readDocument,
  SLOT_MINUTES,
  type Account,
  type JsonObject,
  type MeteringPoint,
} from '@wattlock/core';
import { listAccounts, listPoints, platformOfAccount } from '../../views';
import { command } from '../command';
import { csv, fields, grouped, table, type Column } from '../format';
import { listOptions, nextOf, pageOf, renderList } from '../listing';
import { field, flag, optional, required, utcOffset, whole, withDefault, word } from '../parameter';

const COLUMNS: readonly Column<MeteringPoint>[] = [
  { heading: 'POINT', of: ({ id }) => id },
  { heading: 'TYPE', of: ({ type }) => type },
  {
    heading: 'CAPACITY W',
    align: 'right',
    of: ({ capacityW }) => grouped(capacityW),
    raw: ({ capacityW }) => capacityW,
  },
  { heading: 'SLOT MIN', align: 'right', of: ({ slotMinutes }) => String(slotMinutes) },
  { heading: 'OFFSET', of: ({ utcOffsetMinutes }) => offsetText(utcOffsetMinutes) },
  { heading: 'OWNER', of: ({ owner }) => owner },
  { heading: 'PLACE', of: ({ place }) => place },
];

const ORDERS = ['id'] as const;

const ACCOUNT_COLUMNS: readonly Column<Account>[] = [
  { heading: 'ACCOUNT', of: ({ id }) => id },
  { heading: 'ROLE', of: ({ role }) => role },
  { heading: 'ORGANISATION', of: ({ mspId }) => mspId },
];

export const pointCommands = [
  command({
    path: ['point', 'register'],
    summary: 'register a metering point',
    details: 'The same content again changes nothing; other content under the same id is refused.',
    json: '{id, owner, type, place, capacityW, slotMinutes, utcOffsetMinutes, devices}',
    options: {
      id: required('ID', 'letters, digits, _ . -', field(pointIdField)),
      type: required('TYPE', PLANT_TYPES.join(', '), word(...PLANT_TYPES)),
      place: required('TEXT', 'where the plant is', field(placeField)),
      capacityW: required('W', 'nameplate power in W', whole(1, 100_000_000_000)),
      slotMinutes: required('MINUTES', `length of a slot: ${SLOT_MINUTES.join(', ')}`, (text) =>
        Number(word(...SLOT_MINUTES.map(String))(text)),
      ),
      owner: optional(
        'ACCOUNT',
        "account that owns its energy (default: the home's first generator)",
        field(accountIdField),
      ),
      utcOffset: withDefault(
        'OFFSET',
        "offset of the point's calendar days, such as +09:00",
        '+00:00',
        utcOffset,
      ),
    },
    async run(context, { id, type, place, capacityW, slotMinutes, owner, utcOffset: utcOffsetMinutes }) {
      const home = await context.home();
      const account = owner ?? home.accounts.generator.id;
      const platform = await platformOfAccount(await context.platform(), account);
      const ledger = platform.as('generator').power;
      const document: JsonObject = {
        id,
        owner: account,
        type,
        place,
        capacityW,
        slotMinutes,
        utcOffsetMinutes,
        devices: [],
      };
      const { submitWithRetry } = await import('../../ledger/transactions/index.js');
      const { result } = await submitWithRetry(ledger, { fn: 'RegisterPoint', document });
      return readDocument(FUNCTIONS.power.RegisterPoint.answer, result);
    },
    render: (point) =>
      fields([
        ['point', point.id],
        ['type', point.type],
        ['place', point.place],
        ['capacity', `${grouped(point.capacityW)} W`],
        ['slots', `${point.slotMinutes} min, days at ${offsetText(point.utcOffsetMinutes)}`],
        ['owner', point.owner],
      ]),
  }),

  command({
    path: ['point', 'list'],
    summary: 'list metering points',
    json: '{points: [{id, owner, type, place, capacityW, slotMinutes, utcOffsetMinutes, devices}], next?}',
    options: {
      owner: optional('ACCOUNT', 'of this account', field(accountIdField)),
      type: optional('TYPE', PLANT_TYPES.join(', '), word(...PLANT_TYPES)),
      ...listOptions(ORDERS),
    },
    async run(context, { owner, type, ...list }) {
      const records = await context.records();
      const page = records.read((view) => listPoints(view, { owner, type }, pageOf(list, ORDERS)));
      return { points: page.items, ...nextOf(page) };
    },
    render: ({ points, next }, { csv: asCsv }) =>
      renderList(points, COLUMNS, 'no metering points yet: wattlock point register', { next, asCsv }),
  }),

  command({
    path: ['account', 'list'],
    summary: 'list the accounts that are registered',
    json: '{accounts: [{id, mspId, role, key}]}',
    options: { csv: flag('as comma-separated values') },
    run: async (context) => ({ accounts: (await context.records()).read((view) => listAccounts(view)) }),
    render: ({ accounts }, { csv: asCsv }) =>
      asCsv ? csv(accounts, ACCOUNT_COLUMNS) : table(accounts, ACCOUNT_COLUMNS, 'no accounts'),
  }),
];

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
