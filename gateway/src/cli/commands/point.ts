// `wattlock point`: registering and listing metering points.
import {
  accountIdField,
  placeField,
  PLANT_TYPES,
  pointIdField,
  SLOT_MINUTES,
  type AccountId,
  type JsonObject,
  type MeteringPoint,
} from '@wattlock/core';
import { memberNames, roleOf, type Home } from '../../home';
import { submitWithRetry } from '../../ledger/transactions';
import { command } from '../command';
import { fields, grouped, table } from '../format';
import { platformOfAccount } from '../generators';
import { field, optional, required, utcOffset, whole, withDefault, word } from '../parameter';
import { listOf, withoutVersion } from '../records';

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
      const { result } = await submitWithRetry(ledger, { fn: 'RegisterPoint', document });
      return withoutVersion(result) as unknown as MeteringPoint;
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
    json: '{points: [{id, owner, type, place, capacityW, slotMinutes, utcOffsetMinutes, devices}]}',
    async run(context) {
      const ledger = (await context.platform()).forReading().power;
      const answer = await ledger.evaluate('ListPoints', {});
      return { points: listOf(answer, 'points') as unknown as readonly MeteringPoint[] };
    },
    render: ({ points }) => table(points, COLUMNS, 'no metering points yet: wattlock point register'),
  }),
];

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
