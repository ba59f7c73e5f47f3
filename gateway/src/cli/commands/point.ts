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
  type MeteringPoint,
} from '@wattlock/core';
import { contractOf } from '../../contracts';
import { command } from '../command';
import { fields, grouped, table } from '../format';
import { platformOfAccount } from '../generators';
import { field, optional, required, utcOffset, whole, withDefault, word } from '../parameter';
import { shownPoint } from '../shown';

const COLUMNS = [
  { heading: 'POINT', of: ({ id }: MeteringPoint) => id },
  { heading: 'TYPE', of: ({ type }: MeteringPoint) => type },
  { heading: 'CAPACITY W', align: 'right', of: ({ capacityW }: MeteringPoint) => grouped(capacityW) },
  { heading: 'SLOT MIN', align: 'right', of: ({ slotMinutes }: MeteringPoint) => String(slotMinutes) },
  { heading: 'OFFSET', of: ({ utcOffsetMinutes }: MeteringPoint) => offsetText(utcOffsetMinutes) },
  { heading: 'OWNER', of: ({ owner }: MeteringPoint) => owner },
  { heading: 'PLACE', of: ({ place }: MeteringPoint) => place },
] as const;

export const pointCommands = [
  command({
    path: ['point', 'register'],
    summary: 'register a metering point',
    details: 'The same content again changes nothing; other content under the same id is refused.',
    json: shownPoint,
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
      const { submit } = contractOf(platform.as('generator').power);
      const { answer } = await submit.RegisterPoint({
        id,
        owner: account,
        type,
        place,
        capacityW,
        slotMinutes,
        utcOffsetMinutes,
        devices: [],
      });
      return answer;
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
    json: record({ points: list(shownPoint, 0, MOST_LISTED) }),
    async run(context) {
      const { power } = (await context.platform()).as('auditor');
      return contractOf(power).evaluate.ListPoints({});
    },
    render: ({ points }) => table(points, COLUMNS, 'no metering points yet: wattlock point register'),
  }),
];

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
