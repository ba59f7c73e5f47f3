// An organisation's two certificate authorities, and the certificates they issue.
// Shapes follow what Fabric's MSP and its TLS listeners accept: NodeOUs, key identifiers, key usages.
import 'reflect-metadata'; // first: the certificate library injects its parts through it
import * as x509 from '@peculiar/x509';
import { isIP } from 'node:net';
import { issueCertificate, type SubjectName } from './certificate';
import type { Credentials, Identity, NodeRole, Organisation } from './identity';

const AUTHORITY_YEARS = 10;
const LEAF_YEARS = 5;
const { keyCertSign, cRLSign, digitalSignature, keyAgreement } = x509.KeyUsageFlags;
const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;

/** Organisation to be founded. */
export interface OrganisationRequest {
  /** Such as `Org1MSP`. */
  readonly mspId: string;
  /** Short lower-case name, such as `certifier`. */
  readonly name: string;
  /** DNS-like domain, such as `certifier.example`. */
  readonly domain: string;
}

/** Founds an organisation: one authority for identities, one for TLS, both self-signed and valid ten years. */
export async function createOrganisation(request: OrganisationRequest): Promise<Organisation> {
  const { mspId, name, domain } = request;
  const [ca, tlsCa] = await Promise.all([
    issueAuthority(subject(domain, `ca.${domain}`)),
    issueAuthority(subject(domain, `tlsca.${domain}`)),
  ]);
  return { mspId, name, domain, ca, tlsCa };
}

/** Issues an enrolled identity, valid five years; its role is the certificate's OU. */
export async function issueIdentity(
  organisation: Organisation,
  request: { readonly name: string; readonly role: NodeRole },
): Promise<Identity> {
  const { mspId, domain, ca } = organisation;
  const { name, role } = request;
  const separator = role === 'peer' || role === 'orderer' ? '.' : '@';
  const credentials = await issueCertificate(
    {
      subject: subject(domain, `${name}${separator}${domain}`, role),
      years: LEAF_YEARS,
      extensions: [
        new x509.KeyUsagesExtension(digitalSignature, true),
        new x509.BasicConstraintsExtension(false, undefined, true),
      ],
    },
    ca,
  );
  return { mspId, name, ...credentials };
}

/** Issues a certificate for both ends of TLS, valid five years. Hosts are DNS names or IP addresses. */
export async function issueTlsCertificate(
  organisation: Organisation,
  request: { readonly name: string; readonly hosts: readonly string[] },
): Promise<Credentials> {
  const { domain, tlsCa } = organisation;
  const names = request.hosts.map(
    (value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) satisfies x509.JsonGeneralName,
  );
  return issueCertificate(
    {
      subject: subject(domain, `${request.name}.${domain}`),
      years: LEAF_YEARS,
      extensions: [
        new x509.KeyUsagesExtension(digitalSignature | keyAgreement, true),
        new x509.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.SubjectAlternativeNameExtension(names),
      ],
    },
    tlsCa,
  );
}

function issueAuthority(name: SubjectName): Promise<Credentials> {
  return issueCertificate({
    subject: name,
    years: AUTHORITY_YEARS,
    extensions: [
      new x509.KeyUsagesExtension(keyCertSign | cRLSign | digitalSignature, true),
      new x509.BasicConstraintsExtension(true, undefined, true),
    ],
  });
}

function subject(domain: string, commonName: string, unit?: string): SubjectName {
  return [{ O: [domain] }, ...(unit === undefined ? [] : [{ OU: [unit] }]), { CN: [commonName] }];
}
