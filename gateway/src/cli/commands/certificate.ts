// `wattlock cert`: certificates with their effective owners and states.
import {
  accountIdField,
  CERTIFICATE_STATES,
  dayField,
  EMBODIMENT_NUMBERS,
  lineField,
  list,
  MOST_LISTED,
  pointIdField,
  record,
  type CertificateId,
} from '@wattlock/core';
import type { Contract } from '../../contracts';
import type { Commit } from '../../ledger';
import {
  CERTIFICATE_ORDERS,
  listCertificates,
  platformOfAccount,
  showCertificate,
  type CertificateDetails,
  type CertificateView,
} from '../../views';
import { command } from '../command';
import type { CommandContext } from '../context';
import { energy, fields, grouped, short, table, time, type Column } from '../format';
import { completeId, SHORTEST_PREFIX } from '../ids';
import { historyTable, listOptions, nextOf, pageOf, renderList } from '../listing';
import { anyText, checkPeriod, field, number, optional, required, word } from '../parameter';
import { nextField, shownCertificate, shownCertificateDetails } from '../shown';

const BY_PREFIX = `its id, or the first ${SHORTEST_PREFIX} digits or more`;

const COLUMNS: readonly Column<CertificateView>[] = [
  { heading: 'CERTIFICATE', of: ({ id }) => short(id), raw: ({ id }) => id },
  {
    heading: 'ENERGY Wh',
    align: 'right',
    of: ({ energyWh }) => grouped(energyWh),
    raw: ({ energyWh }) => energyWh,
  },
  { heading: 'LOTS', align: 'right', of: ({ lots }) => grouped(lots.length), raw: ({ lots }) => lots.length },
  { heading: 'STATE', of: ({ state }) => state },
  { heading: 'USABLE', of: ({ usable }) => (usable ? 'yes' : 'no') },
  { heading: 'OWNER', of: ({ owner }) => owner },
  { heading: 'VALUE', of: ({ valueTypes }) => valueTypes.join(', ') },
];

export const certificateCommands = [
  command({
    path: ['cert', 'list'],
    summary: 'list certificates',
    example: 'cert list --owner generator',
    json: record({ certificates: list(shownCertificate, 0, MOST_LISTED), next: nextField }),
    options: {
      owner: optional('ACCOUNT', 'held by this account', field(accountIdField)),
      state: optional('STATE', CERTIFICATE_STATES.join(', '), word(...CERTIFICATE_STATES)),
      point: optional('ID', 'of energy of this metering point', field(pointIdField)),
      embodiment: optional('N', 'of swaps by this embodiment', number(...EMBODIMENT_NUMBERS)),
      from: optional('DAY', 'issued from this day (UTC), YYYY-MM-DD', field(dayField)),
      to: optional('DAY', 'up to and including this day', field(dayField)),
      ...listOptions(CERTIFICATE_ORDERS),
    },
    async run(context, { owner, state, point, embodiment, from, to, ...part }) {
      checkPeriod(from, to);
      const records = await context.records();
      const filter = { owner, state, point, embodiment, from, to };
      const page = records.read((view) => listCertificates(view, filter, pageOf(part, CERTIFICATE_ORDERS)));
      return { certificates: page.items, ...nextOf(page) };
    },
    render: ({ certificates, next }, width, { csv: asCsv }) =>
      renderList(certificates, COLUMNS, 'no such certificates', { next, width, asCsv }),
  }),

  command({
    path: ['cert', 'show'],
    summary: 'show a certificate, its burn receipt, and its history',
    example: 'cert show 3f9a1c0d',
    json: shownCertificateDetails,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    run: async (context, { certificate }) => read(context, certificate),
    render: renderCertificate,
  }),

  command({
    path: ['cert', 'assign'],
    summary: 'assign a usable certificate to another account',
    example: 'cert assign 3f9a1c0d --to generator-2',
    json: shownCertificateDetails,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    options: { to: required('ACCOUNT', 'the account that gets it', field(accountIdField)) },
    run: async (context, { certificate: prefix, to }) =>
      use(context, prefix, ({ submit }, certificate) => submit.Assign({ certificate, to })),
    render: renderCertificate,
  }),

  command({
    path: ['cert', 'retire'],
    summary: 'retire a usable certificate: its value is used, once and for ever',
    example: 'cert retire 3f9a1c0d --beneficiary Acme --purpose RE100-2026',
    json: shownCertificateDetails,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    options: {
      beneficiary: required('TEXT', 'for whom', field(lineField)),
      purpose: required('TEXT', 'what for', field(lineField)),
    },
    run: async (context, { certificate: prefix, beneficiary, purpose }) =>
      use(context, prefix, ({ submit }, certificate) => submit.Retire({ certificate, beneficiary, purpose })),
    render: renderCertificate,
  }),
];

/** A certificate by its id or the beginning of it. */
async function read(context: CommandContext, prefix: string): Promise<CertificateDetails> {
  const records = await context.records();
  return records.read((view) =>
    showCertificate(view, completeId(view, 'certificate', prefix) as CertificateId),
  );
}

/** Does something to a certificate as its owner's organisation, and reads it again. */
async function use(
  context: CommandContext,
  prefix: string,
  act: (contract: Contract<'certificate'>, id: CertificateId) => Promise<Commit>,
): Promise<CertificateDetails> {
  const { id, owner } = await read(context, prefix);
  const platform = await platformOfAccount(await context.platform(), owner);
  const { contractOf } = await import('../../contracts/index.js');
  const { blockNumber } = await act(contractOf(platform.as('generator').certificate), id);
  const records = await context.records({ certificate: blockNumber + 1 });
  return records.read((view) => showCertificate(view, id));
}

function renderCertificate(certificate: CertificateDetails): string {
  const { retirement } = certificate;
  return [
    fields([
      ['certificate', certificate.id],
      ['energy', energy(certificate.energyWh)],
      ['state', certificate.state],
      ['usable', certificate.usable ? 'yes' : 'no'],
      ['owner', certificate.owner],
      ['issuer', certificate.issuer],
      ['issued', time(certificate.issuedAt)],
      ['value', certificate.valueTypes.join(', ')],
      ['swap', certificate.lockedBy ?? '-'],
      ['burn receipt', receiptText(certificate)],
      ...(certificate.stockSlot === undefined
        ? []
        : [['stock slot', String(certificate.stockSlot)] as const]),
      ...(retirement === undefined
        ? []
        : [
            ['retired', `${time(retirement.at)} by ${retirement.by}`] as const,
            ['beneficiary', retirement.beneficiary] as const,
            ['purpose', retirement.purpose] as const,
          ]),
    ]),
    '',
    table(
      certificate.lots,
      [
        { heading: 'LOT', of: ({ id }) => id },
        { heading: 'ENERGY Wh', align: 'right', of: ({ energyWh }) => grouped(energyWh) },
      ],
      '',
    ),
    '',
    historyTable(certificate.history),
  ].join('\n');
}

function receiptText({ receipt }: CertificateDetails): string {
  if (receipt === undefined) return '-';
  return `${time(receipt.posted.at)}, for block ${receipt.blockNumber} of the power channel`;
}
