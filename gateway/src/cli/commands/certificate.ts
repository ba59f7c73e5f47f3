// `wattlock cert`: certificates with their effective owners and states.
import {
  accountIdField,
  CERTIFICATE_STATES,
  dayField,
  EMBODIMENT_NUMBERS,
  lineField,
  pointIdField,
  type CertificateId,
  type EmbodimentNumber,
  type JsonObject,
} from '@wattlock/core';
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
import { listOptions, nextOf, pageOf, renderList } from '../listing';
import { anyText, field, optional, required, word } from '../parameter';
import { historyTable } from './lot';

const MEMBERS =
  'id, owner, energyWh, state, usable, issuer, lots: [{id, energyWh}], valueTypes, contentHash, issuedAt, issuedForSwap?, lockedBy?, stockSlot?, assignedTo?, retirement?: {at, by, beneficiary, purpose}, parent?, parts?';
const DETAILS_JSON = `{${MEMBERS}, receipt?: {swapId, blockNumber, transactionId, posted: {blockNumber, transactionId, at}}, history: [{blockNumber, transactionId, at, value}]}`;
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
    json: `{certificates: [{${MEMBERS}}], next?}`,
    options: {
      owner: optional('ACCOUNT', 'held by this account', field(accountIdField)),
      state: optional('STATE', CERTIFICATE_STATES.join(', '), word(...CERTIFICATE_STATES)),
      point: optional('ID', 'of energy of this metering point', field(pointIdField)),
      embodiment: optional('N', 'of swaps by this embodiment', (text) => {
        return Number(word(...EMBODIMENT_NUMBERS.map(String))(text)) as EmbodimentNumber;
      }),
      from: optional('DAY', 'issued from this day (UTC), YYYY-MM-DD', field(dayField)),
      to: optional('DAY', 'up to and including this day', field(dayField)),
      ...listOptions(CERTIFICATE_ORDERS),
    },
    async run(context, { owner, state, point, embodiment, from, to, ...list }) {
      const records = await context.records();
      const filter = { owner, state, point, embodiment, from, to };
      const page = records.read((view) => listCertificates(view, filter, pageOf(list, CERTIFICATE_ORDERS)));
      return { certificates: page.items, ...nextOf(page) };
    },
    render: ({ certificates, next }, { csv }) =>
      renderList(certificates, COLUMNS, 'no such certificates', { next, asCsv: csv }),
  }),

  command({
    path: ['cert', 'show'],
    summary: 'show a certificate, its burn receipt, and its history',
    json: DETAILS_JSON,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    run: async (context, { certificate }) => read(context, certificate),
    render: renderCertificate,
  }),

  command({
    path: ['cert', 'assign'],
    summary: 'assign a usable certificate to another account',
    json: DETAILS_JSON,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    options: { to: required('ACCOUNT', 'the account that gets it', field(accountIdField)) },
    run: async (context, { certificate, to }) => use(context, certificate, 'Assign', { to }),
    render: renderCertificate,
  }),

  command({
    path: ['cert', 'retire'],
    summary: 'retire a usable certificate: its value is used, once and for ever',
    json: DETAILS_JSON,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    options: {
      beneficiary: required('TEXT', 'for whom', field(lineField)),
      purpose: required('TEXT', 'what for', field(lineField)),
    },
    run: async (context, { certificate, beneficiary, purpose }) =>
      use(context, certificate, 'Retire', { beneficiary, purpose }),
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
  fn: 'Assign' | 'Retire',
  document: JsonObject,
): Promise<CertificateDetails> {
  const { id, owner } = await read(context, prefix);
  const platform = await platformOfAccount(await context.platform(), owner);
  const ledger = platform.as('generator').certificate;
  const { submitWithRetry } = await import('../../ledger/transactions/index.js');
  const { blockNumber } = await submitWithRetry(ledger, { fn, document: { certificate: id, ...document } });
  const records = await context.records({ certificate: blockNumber + 1 });
  return records.read((view) => showCertificate(view, id));
}

function renderCertificate(certificate: CertificateDetails): string {
  const { retirement, receipt } = certificate;
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
      ...(receipt === undefined
        ? []
        : [['burn receipt', `of power block ${receipt.blockNumber}, posted ${time(receipt.posted.at)}`] as const]),
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
