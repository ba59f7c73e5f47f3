// `wattlock cert`: certificates with their effective owners and states.
import { accountIdField, CERTIFICATE_STATES, type CertificateState } from '@wattlock/core';
import { command } from '../command';
import { energy, fields, grouped, short, table, time } from '../format';
import { anyText, field, optional, required, word } from '../parameter';
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
}

/** The fields everybody looks for stand first. */
function inOrder({ id, owner, energyWh, state, usable, ...rest }: CertificateReport): CertificateReport {
  return { id, owner, energyWh, state, usable, ...rest };
}

export const certificateCommands = [
  command({
    path: ['cert', 'list'],
    summary: 'list certificates',
    json: '{certificates: [{id, owner, energyWh, state, usable, issuer, lots: [{id, energyWh}], valueTypes, contentHash, issuedAt, issuedForSwap?, lockedBy?, parent?, parts?}]}',
    options: {
      owner: optional('ACCOUNT', 'held by this account', field(accountIdField)),
      state: optional('STATE', CERTIFICATE_STATES.join(', '), word(...CERTIFICATE_STATES)),
    },
    async run(context, { owner, state }) {
      const ledger = (await context.platform()).as('auditor').certificate;
      const query = { owner, states: state && [state] };
      const answer = await ledger.evaluate('ListCertificates', query);
      const certificates = listOf(answer, 'certificates') as unknown as readonly CertificateReport[];
      return { certificates: certificates.map(inOrder) };
    },
    render: ({ certificates }) =>
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
      ),
  }),

  command({
    path: ['cert', 'show'],
    summary: 'show a certificate',
    json: '{id, owner, energyWh, state, usable, issuer, lots: [{id, energyWh}], valueTypes, contentHash, issuedAt, issuedForSwap?, lockedBy?, parent?, parts?}',
    arguments: {
      certificate: required('CERTIFICATE', `its id, or the first ${SHORTEST_PREFIX} digits or more`, anyText),
    },
    async run(context, { certificate }) {
      const ledger = (await context.platform()).as('auditor').certificate;
      const known = listOf(
        await ledger.evaluate('ListCertificates', {}),
        'certificates',
      ) as unknown as readonly CertificateReport[];
      const id = completeId(
        certificate,
        known.map((each) => each.id),
        'certificate',
      );
      const record = withoutVersion(await ledger.evaluate('ReadCertificate', { id }));
      return inOrder(record as unknown as CertificateReport);
    },
    render: (certificate) =>
      [
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
      ].join('\n'),
  }),
];
