// `wattlock cert`: certificates with their effective owners and states.
import {
  accountIdField,
  CERTIFICATE_STATES,
  formatWh,
  FUNCTIONS,
  lineField,
  readDocument,
  type AccountId,
  type CertificateState,
  type JsonObject,
  type Wh,
} from '@wattlock/core';
import { submitWithRetry } from '../../ledger/transactions';
import { originsOf, type Origin } from '../certificate-origin';
import { command } from '../command';
import type { CommandContext } from '../context';
import { energy, fields, grouped, megawattHours, short, table } from '../format';
import { platformOfAccount } from '../generators';
import { anyText, energyAmount, field, optional, repeated, required, word } from '../parameter';
import type { View } from '../view';
import { completeId, listOf, SHORTEST_PREFIX, withoutVersion } from '../records';

interface CertificateReport {
  readonly id: string;
  readonly issuer: string;
  readonly owner: string;
  readonly energyWh: string;
  readonly lots: readonly { readonly id: string; readonly energyWh: string }[];
  readonly valueTypes: readonly string[];
  readonly issuedAt: number;
  readonly state: CertificateState;
  readonly usable: boolean;
  readonly lockedBy?: string;
  readonly assignedTo?: string;
  readonly stockSlot?: number;
  readonly retirement?: {
    readonly at: number;
    readonly by: string;
    readonly beneficiary: string;
    readonly purpose: string;
  };
}

/** The fields everybody looks for stand first. */
function inOrder({ id, owner, energyWh, state, usable, ...rest }: CertificateReport): CertificateReport {
  return { id, owner, energyWh, state, usable, ...rest };
}

const CERTIFICATE_JSON =
  '{id, owner, energyWh, state, usable, issuer, lots: [{id, energyWh}], valueTypes, contentHash, issuedAt, issuedForSwap?, lockedBy?, stockSlot?, assignedTo?, retirement?: {at, by, beneficiary, purpose}, parent?, parts?}';
const BY_PREFIX = `its id, or the first ${SHORTEST_PREFIX} digits or more`;

export const certificateCommands = [
  command({
    path: ['cert', 'list'],
    summary: 'list certificates',
    example: 'cert list --owner generator',
    json: `{certificates: [${CERTIFICATE_JSON}]}`,
    options: {
      owner: optional('ACCOUNT', 'held by this account', field(accountIdField)),
      state: optional('STATE', CERTIFICATE_STATES.join(', '), word(...CERTIFICATE_STATES)),
    },
    async run(context, { owner, state }) {
      const ledger = (await context.platform()).forReading().certificate;
      const query = { owner, states: state && [state] };
      const answer = await ledger.evaluate('ListCertificates', query);
      const certificates = listOf(answer, 'certificates') as unknown as readonly CertificateReport[];
      return { certificates: certificates.map(inOrder) };
    },
    render: ({ certificates }, { width }) =>
      table(
        certificates,
        [
          { heading: 'CERTIFICATE', of: ({ id }) => short(id) },
          { heading: 'ENERGY Wh', align: 'right', of: ({ energyWh }) => grouped(energyWh) },
          { heading: 'LOTS', align: 'right', of: ({ lots }) => grouped(lots.length) },
          { heading: 'STATE', of: ({ state }) => state },
          { heading: 'USABLE', of: ({ usable }) => (usable ? 'yes' : 'no') },
          { heading: 'OWNER', of: ({ owner }) => owner },
          { heading: 'VALUE', of: ({ valueTypes }) => valueTypes.join(', ') },
        ],
        'no such certificates',
        width,
      ),
  }),

  command({
    path: ['cert', 'show'],
    summary: 'show a certificate: its energy, state and owner, and the plants and days it comes from',
    example: 'cert show 3f9a1c0d',
    json: CERTIFICATE_JSON,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    async run(context, { certificate }): Promise<CertificateReport & { readonly origin: readonly Origin[] }> {
      const report = await read(context, certificate);
      const { power } = (await context.platform()).forReading();
      return { ...report, origin: await originsOf(power, report.lots) };
    },
    render: ({ origin, ...certificate }, view) =>
      [renderCertificate(certificate, view), '', originTable(origin)].join('\n'),
  }),

  command({
    path: ['cert', 'assign'],
    summary: 'assign a usable certificate to another account',
    example: 'cert assign 3f9a1c0d --to generator-2',
    json: CERTIFICATE_JSON,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    options: { to: required('ACCOUNT', 'the account that gets it', field(accountIdField)) },
    run: async (context, { certificate, to }) => use(context, certificate, 'Assign', { to }),
    render: renderCertificate,
  }),

  command({
    path: ['cert', 'split'],
    summary: 'replace a usable certificate by parts that hold its energy exactly',
    details: 'The certificate itself is used up. The parts have the same owner, lots and value types.',
    example: 'cert split 3f9a1c0d --part 400000 --part 600000',
    json: '{parent, parts: [id]}',
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    options: { part: repeated('WH', 'energy of one part; all together are the whole', energyAmount) },
    run: async (context, { certificate, part }) => split(context, certificate, part),
    render: ({ parent, parts }) =>
      [`${short(parent)} is split into`, ...parts.map((id) => `  ${id}`)].join('\n'),
  }),

  command({
    path: ['cert', 'retire'],
    summary: 'retire a usable certificate: its value is used, once and for ever',
    example: 'cert retire 3f9a1c0d --beneficiary Acme --purpose RE100-2026',
    json: CERTIFICATE_JSON,
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

async function split(
  context: CommandContext,
  prefix: string,
  partsWh: readonly Wh[],
): Promise<{ readonly parent: string; readonly parts: readonly string[] }> {
  const { id, owner } = await read(context, prefix);
  const platform = await platformOfAccount(await context.platform(), owner as AccountId);
  const document = { certificate: id, partsWh: partsWh.map(formatWh) };
  const { result } = await submitWithRetry(platform.as('generator').certificate, { fn: 'Split', document });
  const { parts } = readDocument(FUNCTIONS.certificate.Split.answer, result);
  return { parent: id, parts: parts.map((part) => part.id) };
}

/** A certificate by its id or the beginning of it. */
async function read(context: CommandContext, prefix: string): Promise<CertificateReport> {
  const ledger = (await context.platform()).forReading().certificate;
  const known = listOf(
    await ledger.evaluate('ListCertificates', {}),
    'certificates',
  ) as unknown as readonly CertificateReport[];
  const id = completeId(
    prefix,
    known.map((each) => each.id),
    'certificate',
  );
  const record = withoutVersion(await ledger.evaluate('ReadCertificate', { id }));
  return inOrder(record as unknown as CertificateReport);
}

/** Does something to a certificate as its owner's organisation, and reads it again. */
async function use(
  context: CommandContext,
  prefix: string,
  fn: 'Assign' | 'Retire',
  document: JsonObject,
): Promise<CertificateReport> {
  const { id, owner } = await read(context, prefix);
  const platform = await platformOfAccount(await context.platform(), owner as AccountId);
  const ledger = platform.as('generator').certificate;
  await submitWithRetry(ledger, { fn, document: { certificate: id, ...document } });
  return inOrder(
    withoutVersion(await ledger.evaluate('ReadCertificate', { id })) as unknown as CertificateReport,
  );
}

function originTable(origin: readonly Origin[]): string {
  return table(
    origin,
    [
      { heading: 'METERING POINT', of: ({ point }) => point },
      { heading: 'TECHNOLOGY', of: ({ type }) => type },
      { heading: 'PLACE', of: ({ place }) => place },
      { heading: 'CAPACITY W', align: 'right', of: ({ capacityW }) => grouped(capacityW) },
      { heading: 'FROM', of: ({ from }) => from },
      { heading: 'TO', of: ({ to }) => to },
    ],
    '',
  );
}

function renderCertificate(certificate: CertificateReport, view: View): string {
  const { retirement } = certificate;
  return [
    fields([
      ['certificate', certificate.id],
      ['energy', `${energy(certificate.energyWh)} (${megawattHours(certificate.energyWh)})`],
      ['state', certificate.state],
      ['usable', certificate.usable ? 'yes' : 'no'],
      ['owner', certificate.owner],
      ['issuer', certificate.issuer],
      ['issued', view.time(certificate.issuedAt)],
      ['value', certificate.valueTypes.join(', ')],
      ['swap', certificate.lockedBy ?? '-'],
      ...(certificate.stockSlot === undefined
        ? []
        : [['stock slot', String(certificate.stockSlot)] as const]),
      ...(retirement === undefined
        ? []
        : [
            ['retired', `${view.time(retirement.at)} by ${retirement.by}`] as const,
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
  ].join('\n');
}
