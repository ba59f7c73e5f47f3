// `wattlock point`: registering and listing metering points.
import {
  accountIdField,
  list,
  MOST_LISTED,
  placeField,
  PLANT_TYPES,
  pointIdField,
  record,
  SLOT_MINUTES,
  type AccountId,
  type Json,
  type MeteringPoint,
  WattlockError,
  writeDocument,
} from '@wattlock/core';
import { memberNames, roleOf, type Home } from '../../home';
import { listPoints, platformOfAccount } from '../../views';
import { command } from '../command';
import { fields, grouped, type Column } from '../format';
import { listOptions, nextOf, pageOf, renderList } from '../listing';
import { field, number, optional, required, utcOffset, whole, withDefault, word } from '../parameter';
import { nextField, shownPoint } from '../shown';

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

export const pointCommands = [
  command({
    path: ['point', 'register'],
    summary: 'register a metering point',
    details: 'The same content again changes nothing; other content under the same id is refused.',
    example:
      'point register --id solar-1 --type solar --place Akita --capacity-w 50000 --slot-minutes 30 --utc-offset +09:00',
    json: shownPoint,
    options: {
      id: required('ID', 'letters, digits, _ . -', field(pointIdField)),
      type: required('TYPE', PLANT_TYPES.join(', '), word(...PLANT_TYPES)),
      place: required('TEXT', 'where the plant is', field(placeField)),
      capacityW: required('W', 'nameplate power in W', whole(1, 100_000_000_000)),
      slotMinutes: required(
        'MINUTES',
        `length of a slot: ${SLOT_MINUTES.join(', ')}`,
        number(...SLOT_MINUTES),
      ),
      owner: optional(
        'ACCOUNT',
        "account that owns its energy (default: the home's own generator, of several the first)",
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
      const account = owner ?? ownGenerator(home);
      const platform = await platformOfAccount(await context.platform(), account);
      const { contractOf } = await import('../../contracts/index.js');
      const power = contractOf(platform.as('generator').power);
      const point = {
        id,
        owner: account,
        type,
        place,
        capacityW,
        slotMinutes,
        utcOffsetMinutes,
        devices: [],
      };
      try {
        return (await power.submit.RegisterPoint(point)).answer;
      } catch (error) {
        throw isPointConflict(error) ? differenceOf(point, await power.evaluate.ReadPoint({ id })) : error;
      }
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
    example: 'point list --output json',
    json: record({ points: list(shownPoint, 0, MOST_LISTED), next: nextField }),
    options: {
      owner: optional('ACCOUNT', 'of this account', field(accountIdField)),
      type: optional('TYPE', PLANT_TYPES.join(', '), word(...PLANT_TYPES)),
      ...listOptions(ORDERS),
    },
    async run(context, { owner, type, ...part }) {
      const records = await context.records();
      const page = records.read((view) => listPoints(view, { owner, type }, pageOf(part, ORDERS)));
      return { points: page.items, ...nextOf(page) };
    },
    render: ({ points, next }, { width }, { csv: asCsv }) =>
      renderList(points, COLUMNS, 'no metering points yet: wattlock point register', { next, width, asCsv }),
  }),
];

const isPointConflict = (error: unknown): boolean =>
  error instanceof WattlockError && error.code === 'POINT_CONFLICT';

/** The refusal of a registration, with what is registered instead. */
function differenceOf(asked: MeteringPoint, known: MeteringPoint): WattlockError {
  const [is, was] = [writeDocument(shownPoint, known), writeDocument(shownPoint, asked)];
  const differs = Object.keys(was).filter((name) => shown(was[name]) !== shown(is[name]));
  return new WattlockError('POINT_CONFLICT', {
    point: asked.id,
    ...Object.fromEntries(differs.map((name) => [name, `${shown(is[name])}, not ${shown(was[name])}`])),
  });
}

const shown = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** The generator that a home acts for; accounts are called like their organisations. */
function ownGenerator({ organisation, generators }: Home): AccountId {
  const isGenerators = organisation !== undefined && roleOf(organisation) === 'generator';
  const [first] = memberNames(generators).generators;
  return (isGenerators ? organisation : first) as AccountId;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
