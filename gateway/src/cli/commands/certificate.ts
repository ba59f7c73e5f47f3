// `wattlock cert`: certificates with their effective owners and states.
import {
  accountIdField,
  CERTIFICATE_STATES,
  lineField,
  list,
  MOST_LISTED,
  record,
  type AnswerOf,
  type CertificateId,
} from '@wattlock/core';
import { contractOf, type Contract } from '../../contracts';
import { command } from '../command';
import type { CommandContext } from '../context';
import { energy, fields, grouped, short, table, time } from '../format';
import { platformOfAccount } from '../generators';
import { anyText, field, optional, required, word } from '../parameter';
import { completeId, SHORTEST_PREFIX } from '../records';
import { shownCertificate } from '../shown';

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
    render: ({ certificates }, width) =>
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
    summary: 'show a certificate',
    example: 'cert show 3f9a1c0d',
    json: shownCertificate,
    arguments: { certificate: required('CERTIFICATE', BY_PREFIX, anyText) },
    run: async (context, { certificate }) => read(context, certificate),
    render: renderCertificate,
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

function renderCertificate(certificate: CertificateReport): string {
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
  ].join('\n');
}
