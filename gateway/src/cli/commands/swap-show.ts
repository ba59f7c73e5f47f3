// `wattlock swap list` and `swap show`: swaps as both ledgers have them.
import { LEGS, readStoredAgreement, type Leg, type Lock } from '@wattlock/core';
import { channelParameters, outlookOf, type Outlook } from '../../swap';
import { command } from '../command';
import { energy, fields, grouped, short, table } from '../format';
import { nextLine, timesLine } from '../outlook-text';
import { swapArgument, swapIdOf } from '../swap-id';
import { swapTable } from '../swap-table';
import type { BurnedOutput, ShownTransaction } from '../swap-transactions';
import { listSwaps, showSwap, type SwapReport } from '../swaps';
import type { View } from '../view';

export const swapShowCommands = [
  command({
    path: ['swap', 'list'],
    summary: 'list swaps as both ledgers show them',
    details:
      'A swap is at-risk when its certificate is delivered and its lots are not destroyed; see swap finish. A lock is forged when two organisations wrote what the third never agreed to; see audit.',
    example: 'swap list',
    json: '{swaps: [{id, embodiment, outcome, lots, energyWh}], forged: [{channel, id}]}',
    run: async (context) => listSwaps((await context.platform()).forReading()),
    render: ({ swaps, forged }) =>
      [swapTable(swaps), ...forged.map(({ channel, id }) => `forged on ${channel}: ${id}`)].join('\n'),
  }),

  command({
    path: ['swap', 'show'],
    summary:
      'show a swap: who must do what next and by when, its agreement, locks and transactions, and where burned energy went',
    example: 'swap show 3f9a1c0d',
    json: '{id, embodiment, outcome, lots, energyWh, agreement, locks: {power, certificate}, transactions: [{channel, step, id, executed, inputs, outputs, feesWh, notBefore?}], burned: [{condition, energyWh}], next: {do, leg?, by?, until?, from?}, times: {power, certificate: {deadline, withdrawableFrom}}}',
    arguments: { swap: swapArgument },
    async run(context, { swap }): Promise<SwapReport & Outlook> {
      const platform = await context.platform();
      const ledgers = platform.forReading();
      const report = await showSwap(ledgers, await swapIdOf(ledgers, swap));
      const { marginMs } = await channelParameters(ledgers.power);
      const seen = { agreement: readStoredAgreement(report.agreement, report.id), locks: locksOf(report) };
      return { ...report, ...outlookOf(seen, platform.now(), marginMs) };
    },
    render: ({ id, embodiment, outcome, energyWh, agreement, locks, transactions, burned, ...ahead }, view) =>
      [
        fields([
          ['swap', id],
          ['embodiment', String(embodiment)],
          ['stage', outcome],
          ['energy', energy(energyWh)],
          ['parties', `${agreement.generator} to ${agreement.certifier}`],
          ['burn', agreement.burnForm],
          ['issue', agreement.issuanceForm],
          ['power', lockLine(locks.power, view)],
          ['certificate', lockLine(locks.certificate, view)],
          ['next', nextLine(ahead.next, outcome, view)],
          ...LEGS.filter((leg) => locks[leg]?.state === 'OPEN').map(
            (leg) => [`${leg} times`, timesLine(ahead.times[leg], view)] as const,
          ),
        ]),
        '',
        table(
          agreement.lots,
          [
            { heading: 'LOT', of: (lot) => lot.id },
            { heading: 'ENERGY Wh', align: 'right', of: (lot) => grouped(lot.energyWh) },
          ],
          '',
        ),
        ...(transactions.length === 0 ? [] : ['', transactionTable(transactions, view)]),
        ...(burned.length === 0 ? [] : ['', burnedTable(burned)]),
      ].join('\n'),
  }),
];

/** The locks as their outlook depends on them. */
function locksOf({ locks }: SwapReport): Partial<Record<Leg, Pick<Lock, 'leg' | 'state' | 'secret'>>> {
  const present = LEGS.flatMap((leg) => {
    const lock = locks[leg];
    return lock === null
      ? []
      : [[leg, { leg, state: lock.state, ...(lock.secret && { secret: lock.secret }) }] as const];
  });
  return Object.fromEntries(present);
}

function lockLine(lock: Pick<Lock, 'state' | 'lockedAt' | 'closing'> | null, view: View): string {
  if (lock === null) return 'no lock';
  const end =
    lock.closing === undefined ? '' : `, closed ${view.time(lock.closing.at)} by ${lock.closing.byMspId}`;
  return `${lock.state}, locked ${view.time(lock.lockedAt)}${end}`;
}

function transactionTable(transactions: readonly ShownTransaction[], view: View): string {
  const amounts = (list: readonly { readonly energyWh: string }[]): string =>
    list.map(({ energyWh }) => grouped(energyWh)).join(' + ');
  return table(
    transactions,
    [
      { heading: 'TRANSACTION', of: ({ step }) => step },
      { heading: 'CHANNEL', of: ({ channel }) => channel },
      { heading: 'EXECUTED', of: ({ executed }) => (executed ? 'yes' : 'no') },
      { heading: 'NOT BEFORE', of: ({ notBefore }) => (notBefore === undefined ? '' : view.time(notBefore)) },
      {
        heading: 'OUTPUTS AND FEES Wh',
        of: ({ outputs, feesWh }) => amounts([...outputs, ...feesWh.map((energyWh) => ({ energyWh }))]),
      },
      { heading: 'ID', of: ({ id }) => short(id) },
    ],
    '',
  );
}

function burnedTable(burned: readonly BurnedOutput[]): string {
  return table(
    burned,
    [
      { heading: 'BURNED INTO', of: ({ condition }) => placeOf(condition) },
      { heading: 'ENERGY Wh', align: 'right', of: ({ energyWh }) => grouped(energyWh) },
    ],
    '',
  );
}

function placeOf(condition: BurnedOutput['condition']): string {
  switch (condition.kind) {
    case 'unkeyed':
      return `address ${short(condition.address)}, to which nobody has a key`;
    case 'unspendable':
      return 'an output that nothing can spend';
    case 'fee-sink':
      return `the fee sink of ${condition.account}`;
  }
}
