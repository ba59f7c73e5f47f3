// `wattlock audit reconcile`: the balance of both ledgers, from their blocks alone.
import { auditPlatform, EXCEPTIONS, isClean, type PointReport, type ReconcileReport } from '../../audit';
import { EXIT } from '../../errors';
import { command } from '../command';
import { count, energy, fields, grouped, short, table } from '../format';

const energyColumn = (heading: string, of: (point: PointReport) => string) =>
  ({ heading, align: 'right', of: (point: PointReport) => grouped(of(point)) }) as const;

export const auditCommands = [
  command({
    path: ['audit', 'reconcile'],
    summary:
      'balance both ledgers from their blocks: registered, available, locked, burned, withdrawn, certified',
    details:
      'Asks no contract. Exit code 4 when anything of severity error is found; findings that only inform leave it 0.',
    json: '{energy: {registeredWh, availableWh, lockedWh, burnedWh, withdrawnWh, certifiedWh, differenceWh}, points: [{point, …as energy}], frozenWh, burnedBy: {subtract, unkeyed, unspendable, fee-drain}, stock: {slots, freeWh, heldWh}, exceptions: [{code, severity, …}]}',
    async run(context): Promise<ReconcileReport> {
      const ledgers = (await context.platform()).as('auditor');
      return auditPlatform(ledgers, {
        onProgress: (leg, blocks, height) => {
          if (blocks % 100 === 0) context.progress.say(`${leg}: block ${blocks} of ${height}`);
        },
      });
    },
    exitCode: (report) => (isClean(report) ? EXIT.ok : EXIT.conflict),
    render: ({ energy: total, points, frozenWh, stock, exceptions }) =>
      [
        table(
          [...points, { point: 'all', ...total } as PointReport],
          [
            { heading: 'POINT', of: ({ point }) => point },
            energyColumn('REGISTERED Wh', ({ registeredWh }) => registeredWh),
            energyColumn('AVAILABLE', ({ availableWh }) => availableWh),
            energyColumn('LOCKED', ({ lockedWh }) => lockedWh),
            energyColumn('BURNED', ({ burnedWh }) => burnedWh),
            energyColumn('WITHDRAWN', ({ withdrawnWh }) => withdrawnWh),
            energyColumn('CERTIFIED', ({ certifiedWh }) => certifiedWh),
            energyColumn('DIFFERENCE', ({ differenceWh }) => differenceWh),
          ],
          '',
        ),
        '',
        ...(frozenWh === '0' ? [] : [`${energy(frozenWh)} frozen: delivered, and its lots came free again`]),
        ...(stock.slots === 0 ? [] : [stockLine(stock)]),
        ...(exceptions.length === 0 ? ['no exceptions'] : exceptions.map(exceptionText)),
      ].join('\n'),
  }),
];

function stockLine({ slots, freeWh, heldWh }: ReconcileReport['stock']): string {
  return `stock: ${energy(freeWh)} free and ${energy(heldWh)} held by swaps, in ${count(slots, 'slot')}`;
}

function exceptionText({ code, severity, ...facts }: ReconcileReport['exceptions'][number]): string {
  const known = Object.entries(facts).map(([name, value]) => [name, shown(value)] as const);
  return [`${severity} ${code}: ${EXCEPTIONS[code].text}`, indent(fields(known))].join('\n');
}

function shown(value: string | number | readonly string[]): string {
  return (typeof value === 'object' ? value : [value]).map((each) => short(String(each))).join(', ');
}

const indent = (text: string): string => text.replace(/^/gm, '  ');
