// Sums over the projection: the balance of every metering point, and burned energy by its form.
// Added up by the database where each record stands once, so no sum can drift from the records.
import { BURN_FORMS, type BurnForm, type Day, type PointId } from '@wattlock/core';
import type { Row, View } from '@wattlock/store';
import { emptyBalance, type Balance } from '../checks/balance';

/** Days of generation, both ends included. */
export interface Period {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** A sum of Wh that cannot overflow the 64 bits of the database: its upper and lower half, in two columns. */
const SUM = 'sum(energy >> 32), sum(energy & 4294967295)';
const sumIn = (row: Row, first: number): bigint => (row.bigint(first) << 32n) + row.bigint(first + 1);

/** A lot's metering point and day: as its record says, else as its id does. */
const PLACED = `
  SELECT coalesce(lot.point, substr(named.lot, 1, instr(named.lot, '/') - 1)) AS point,
    coalesce(lot.day, substr(named.lot, instr(named.lot, '/') + 1, 10)) AS day, named.field, named.energy
  FROM named LEFT JOIN lot ON lot.id = named.lot`;

/** Lots of delivered certificates; of a split one the whole, since its parts name the same lots. */
const DELIVERED = `
  SELECT certificate_lot.lot, certificate_lot.energy, iif(burn.hold = 'free', 'frozenWh', 'certifiedWh') AS field
  FROM certificate JOIN certificate_lot ON certificate_lot.certificate = certificate.id
    LEFT JOIN lock AS burn ON burn.leg = 'power' AND burn.swap = certificate.locked_by
  WHERE certificate.parent IS NULL AND certificate.hold = 'taken'`;

/** Lots of swaps with one leg executed and the other still open. */
const IN_FLIGHT = `
  SELECT lock_lot.lot, lock_lot.energy, iif(done.leg = 'power', 'burnedFirst', 'deliveredFirst') AS field
  FROM lock AS done JOIN lock AS other
      ON other.leg = iif(done.leg = 'power', 'certificate', 'power') AND other.swap = done.swap
    JOIN lock_lot ON lock_lot.leg = done.leg AND lock_lot.swap = done.swap
  WHERE done.hold = 'taken' AND other.state = 'OPEN'`;

const STATE_FIELDS: Readonly<Record<string, keyof Balance>> = {
  available: 'availableWh',
  locked: 'lockedWh',
  burned: 'burnedWh',
  withdrawn: 'withdrawnWh',
};

/** A balance for every metering point that any record names, by id, of the days of a period. */
export function balancesIn(
  view: View,
  { from = '' as Day, to = '~' as Day }: Period = {},
): Map<PointId, Balance> {
  const balances = new Map<PointId, Balance>();
  const of = (point: string): Balance => {
    const known = balances.get(point as PointId) ?? emptyBalance();
    balances.set(point as PointId, known);
    return known;
  };
  const sums = (sql: string, take: (balance: Balance, field: string, sum: bigint) => void): void => {
    const query = view.query(sql, (row) => [row.text(0), row.text(1), sumIn(row, 2)] as const);
    for (const [point, field, sum] of query.all(from, to)) take(of(point), field, sum);
  };
  for (const id of view.query('SELECT id FROM point', (row) => row.text(0)).all()) of(id);
  sums(`SELECT point, '', ${SUM} FROM day WHERE day BETWEEN ? AND ? GROUP BY point`, (balance, _, sum) => {
    balance.registeredWh += sum;
  });
  sums(
    `SELECT point, state, ${SUM} FROM lot WHERE split = 0 AND day BETWEEN ? AND ? GROUP BY point, state`,
    (balance, state, sum) => {
      balance[STATE_FIELDS[state] ?? 'lockedWh'] += sum;
    },
  );
  sums(
    `WITH named AS (${DELIVERED} UNION ALL ${IN_FLIGHT}), placed AS (${PLACED})
     SELECT point, field, ${SUM} FROM placed WHERE day BETWEEN ? AND ? GROUP BY point, field`,
    addNamed,
  );
  return balances;
}

function addNamed(balance: Balance, field: string, sum: bigint): void {
  if (field === 'frozenWh') balance.frozenWh += sum;
  else if (field === 'certifiedWh') balance.certifiedWh += sum;
  else balance.inFlightWh += field === 'burnedFirst' ? sum : -sum;
}

/** Burned energy by the way it was burned. */
export function burnedBy(view: View): Readonly<Record<BurnForm, bigint>> {
  const sums = new Map<BurnForm, bigint>(BURN_FORMS.map((form) => [form, 0n]));
  const query = view.query(
    `SELECT burn_form, ${SUM} FROM lock WHERE leg = 'power' AND hold = 'taken' GROUP BY burn_form`,
    (row) => [row.text(0) as BurnForm, sumIn(row, 1)] as const,
  );
  for (const [form, sum] of query.all()) sums.set(form, sum);
  return Object.fromEntries(sums) as Record<BurnForm, bigint>;
}
