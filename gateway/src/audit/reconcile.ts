// Reconciliation: the two projections side by side, as one report that closes to the last watt-hour or says where not.
// Pure; the same blocks always give the same report.
import { BURN_FORMS, formatWh, sumWh, type BurnForm, type PointId, type Wh } from '@wattlock/core';
import { checkAssets } from './assets';
import { balancesOf, differenceOf, type Balance } from './balance';
import { exception, type AuditException, type Severity } from './exceptions';
import { checkLocks } from './locks';
import { checkProofs } from './proofs';
import { checkDraws, stockOf, type StockReport } from './stock';
import { trustedHold } from './hold';
import type { ChannelRecords } from './state';
import { checkSwaps, type BothProjections } from './swaps';

/** Energies as decimal strings of Wh. */
export interface EnergyBalance {
  readonly registeredWh: string;
  readonly availableWh: string;
  readonly lockedWh: string;
  readonly burnedWh: string;
  readonly withdrawnWh: string;
  readonly certifiedWh: string;
  /** What does not close, of all metering points together; differences of two points never cancel. */
  readonly differenceWh: string;
}

export interface PointReport extends EnergyBalance {
  readonly point: PointId;
}

export interface ReconcileReport {
  readonly energy: EnergyBalance;
  readonly points: readonly PointReport[];
  /** Delivered energy whose lots came free again; part of no other sum. */
  readonly frozenWh: string;
  /** Burned energy by the way it was burned. */
  readonly burnedBy: Readonly<Record<BurnForm, string>>;
  /** The certifier's stock, which is not certified. */
  readonly stock: StockReport;
  /** Errors first, then warnings, then what is only worth knowing. */
  readonly exceptions: readonly AuditException[];
}

/** Balances every metering point and checks every record of both channels. */
export function reconcile(projections: BothProjections): ReconcileReport {
  const { power, certificate } = projections;
  const records = { power: power.records, certificate: certificate.records };
  const balances = [...balancesOf(records)].sort(([a], [b]) => (a < b ? -1 : 1));
  const points = balances.map(([point, balance]): PointReport => ({ point, ...reportOf([balance]) }));
  const exceptions = [
    ...power.faults,
    ...certificate.faults,
    ...differences(points),
    ...checkLocks(power),
    ...checkLocks(certificate),
    ...checkSwaps(projections),
    ...checkAssets(records),
    ...checkProofs(power),
    ...checkProofs(certificate),
    ...checkDraws(certificate.records),
  ];
  return {
    energy: reportOf(balances.map(([, balance]) => balance)),
    points,
    frozenWh: formatWh(balances.reduce((sum, [, { frozenWh }]) => sum + frozenWh, 0n) as Wh),
    burnedBy: burnedBy(power.records),
    stock: stockOf(certificate.records),
    exceptions: exceptions.sort(bySeverity),
  };
}

/** Whether the audit found nothing wrong: findings that only inform do not count. */
export function isClean(report: Pick<ReconcileReport, 'exceptions'>): boolean {
  return !report.exceptions.some(({ severity }) => severity === 'error');
}

function reportOf(balances: readonly Balance[]): EnergyBalance {
  const sum = (of: (balance: Balance) => bigint): string =>
    formatWh(balances.reduce((total, balance) => total + of(balance), 0n) as Wh);
  return {
    registeredWh: sum((balance) => balance.registeredWh),
    availableWh: sum((balance) => balance.availableWh),
    lockedWh: sum((balance) => balance.lockedWh),
    burnedWh: sum((balance) => balance.burnedWh),
    withdrawnWh: sum((balance) => balance.withdrawnWh),
    certifiedWh: sum((balance) => balance.certifiedWh),
    differenceWh: sum(differenceOf),
  };
}

function burnedBy({ locks }: ChannelRecords): Record<BurnForm, string> {
  const burned = [...locks.values()].filter((lock) => trustedHold(lock) === 'taken');
  const energyOf = (form: BurnForm): string =>
    formatWh(
      sumWh(
        burned
          .map(({ agreement }) => agreement)
          .filter(({ burnForm }) => burnForm === form)
          .map(({ energyWh }) => energyWh),
      ),
    );
  return Object.fromEntries(BURN_FORMS.map((form) => [form, energyOf(form)])) as Record<BurnForm, string>;
}

function differences(points: readonly PointReport[]): AuditException[] {
  return points
    .filter(({ differenceWh }) => differenceWh !== '0')
    .map(({ point, differenceWh }) => exception('ENERGY_DIFFERENCE', { point, differenceWh }));
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function bySeverity(a: AuditException, b: AuditException): number {
  return RANK[a.severity] - RANK[b.severity];
}
