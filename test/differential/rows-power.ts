// Commands of the power channel but for the lock: accounts, points, readings, statements, splits.
import { unchecked, type Call } from '../support/call';
import { dayNumber, readings, statement } from '../support/intake';
import { aSigner, type Signer } from '../support/domain';
import { any, mostly, row, submit, type Row } from './steps';
import { LOTS, OWN_WH, type World } from './world';

const { first, second, part } = OWN_WH;

/** Readings of the first slots of a day. The usual ones make lots 2 and 3; the others overlap, conflict or are too much. */
const READINGS: readonly (readonly (number | null)[])[] = [
  [first],
  [null, second],
  [first, second],
  [first + 1],
  [null, null, 0],
  [100_000],
  [],
];

/** One key for a whole run: what a sequence registers is its own by its id. */
const signers = new Map<number, Signer>();
const signerOf = (number: number): Signer => {
  const signer = signers.get(number) ?? aSigner('Ed25519');
  signers.set(number, signer);
  return signer;
};

/** What makes lots 2, 3 and 4, in order; then the same again, which changes nothing or conflicts. */
const INTAKE: readonly ((world: World) => Call)[] = [
  ({ point }) => ({ fn: 'RegisterPoint', document: { ...point } }),
  ({ point }) => readings(point, dayNumber(0), [first]),
  ({ point }) => readings(point, dayNumber(0), [null, second]),
  (world) => ({ fn: 'Split', document: { lot: world.lot(0).id, partsWh: [String(part), '600'] } }),
];

export const powerRows: readonly Row[] = [
  row('intake', 8, {}, (world) => {
    const next = INTAKE[world.next('intake') % INTAKE.length] as (typeof INTAKE)[number];
    return submit('power', 'generator', next(world));
  }),
  row(
    'RegisterPoint',
    4,
    { as: mostly('generator', 'certifier', 'auditor'), type: mostly('solar', 'wind') },
    (world, { as, type }) => submit('power', as, { fn: 'RegisterPoint', document: { ...world.point, type } }),
  ),
  row(
    'RecordDay',
    6,
    {
      as: mostly('generator', 'certifier', 'auditor'),
      day: mostly('2025-01-01', '2025-01-02', '2999-01-01'),
      slots: any(...READINGS),
    },
    (world, { as, day, slots }) =>
      submit('power', as, readings(world.point, day as ReturnType<typeof dayNumber>, slots)),
  ),
  row(
    'Issue',
    3,
    {
      as: mostly('certifier', 'generator'),
      day: any(0, 1),
      energyWh: mostly('1000', '1001', '-1', '9'.repeat(18)),
    },
    (world, { as, day, energyWh }) => submit('power', as, statement(world.point, dayNumber(day), energyWh)),
  ),
  row(
    'Split',
    4,
    {
      as: mostly('generator', 'certifier'),
      lot: any(...LOTS),
      partsWh: mostly([String(part), '600'], ['1', '999'], ['500', '501'], ['1000'], []),
    },
    (world, { as, lot, partsWh }) =>
      submit('power', as, { fn: 'Split', document: { lot: world.lot(lot).id, partsWh } }),
  ),
  row(
    'RegisterAccount',
    2,
    {
      leg: any('power', 'certificate'),
      as: any('generator', 'certifier', 'auditor'),
      role: any('generator', 'auditor'),
      key: any(0, 1),
    },
    ({ name, scene }, { leg, as, role, key }) => {
      const document = {
        id: `${name}-account`,
        role,
        mspId: scene.test.platform.mspIds[role],
        key: { ...signerOf(key).key },
      };
      return submit(leg, as, { fn: 'RegisterAccount', document });
    },
  ),
  row(
    'nonsense',
    2,
    {
      leg: any('power', 'certificate'),
      fn: any('RecordDay', 'Split', 'Withdraw', 'Mint', 'ConfirmBurn'),
      documentText: any(
        '',
        '[]',
        '{"a":1,"a":1}',
        '{"swapId":1e999}',
        'null',
        '{"lot":"x/y/z","partsWh":["1"]}',
      ),
    },
    (_, { leg, fn, documentText }) =>
      submit(leg, 'certifier', { fn: unchecked(fn), document: {}, documentText }),
  ),
];
