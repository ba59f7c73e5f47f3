// `wattlock cert`: certificates with their effective owners and states.
import {
  accountIdField,
  CERTIFICATE_STATES,
  formatWh,
  lineField,
  list,
  MOST_LISTED,
  record,
  type AnswerOf,
  type CertificateId,
  type Wh,
} from '@wattlock/core';
import { contractOf, type Contract } from '../../contracts';
import { originsFormat, originsOf, type Origin } from '../certificate-origin';
import { command } from '../command';
import type { CommandContext } from '../context';
import { energy, fields, grouped, megawattHours, short, table } from '../format';
import { platformOfAccount } from '../generators';
import { anyText, energyAmount, field, optional, repeated, required, word } from '../parameter';
import { completeId, SHORTEST_PREFIX } from '../records';
import { certificateMembers, shownCertificate } from '../shown';
import type { View } from '../view';

type CertificateReport = AnswerOf<'certificate', 'ReadCertificate'>;

const BY_PREFIX = `its id, or the first ${SHORTEST_PREFIX} digits or more`;

export const certificateCommands = [
  command({
    path: ['cert', 'list'],
    summary: 'list certificates',
    example: 'cert list --owner generator',
    json: record({ certificates: list(shownCertificate, 0, MOST_LISTED) }),
    options: {
      owner: optional('ACCOUNT', 'held by this account', field(accountIdField)),
      state: optional('STATE', CERTIFICATE_STATES.join(', '), word(...CERTIFICATE_STATES)),
    },
    async run(context, { owner, state }) {
      const { evaluate } = contractOf((await context.platform()).forReading().certificate);
      return evaluate.ListCertificates({ owner, states: state && [state] });
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
    json: record({ ...certificateMembers, origin: originsFormat }),
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
    json: shownCertificate,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    options: { to: required('ACCOUNT', 'the account that gets it', field(accountIdField)) },
    run: async (context, { certificate: prefix, to }) =>
      use(context, prefix, ({ submit }, certificate) => submit.Assign({ certificate, to })),
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
    json: shownCertificate,
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

async function split(
  context: CommandContext,
  prefix: string,
  partsWh: readonly Wh[],
): Promise<{ readonly parent: string; readonly parts: readonly string[] }> {
  const { id, owner } = await read(context, prefix);
  const platform = await platformOfAccount(await context.platform(), owner);
  const { submit } = contractOf(platform.as('generator').certificate);
  const { answer } = await submit.Split({ certificate: id, partsWh });
  return { parent: id, parts: answer.parts.map((part) => part.id) };
}

/** A certificate by its id or the beginning of it. */
async function read(context: CommandContext, prefix: string): Promise<CertificateReport> {
  const { evaluate } = contractOf((await context.platform()).forReading().certificate);
  const { certificates } = await evaluate.ListCertificates({});
  const id = completeId(
    prefix,
    certificates.map((each) => each.id),
    'certificate',
  );
  return evaluate.ReadCertificate({ id: id as CertificateId });
}

/** Does something to a certificate as its owner's organisation, and reads it again. */
async function use(
  context: CommandContext,
  prefix: string,
  act: (contract: Contract<'certificate'>, id: CertificateId) => Promise<unknown>,
): Promise<CertificateReport> {
  const { id, owner } = await read(context, prefix);
  const platform = await platformOfAccount(await context.platform(), owner);
  const contract = contractOf(platform.as('generator').certificate);
  await act(contract, id);
  return contract.evaluate.ReadCertificate({ id });
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
      ['energy', `${energy(certificate.energyWh)} (${megawattHours(formatWh(certificate.energyWh))})`],
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
