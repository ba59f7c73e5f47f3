// An organisation's two certificate authorities, and the certificates they issue.
// Names are as Fabric's NodeOUs expect them: the role of an identity is the OU of its certificate.
import { issueCertificate, type SubjectName } from './certificate';
import type { Credentials, Identity, NodeRole, Organisation } from './identity';

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
    issueCertificate({ purpose: 'authority', subject: subject(domain, `ca.${domain}`) }),
    issueCertificate({ purpose: 'authority', subject: subject(domain, `tlsca.${domain}`) }),
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
  const named = subject(domain, `${name}${separator}${domain}`, role);
  return { mspId, name, ...(await issueCertificate({ purpose: 'identity', subject: named }, ca)) };
}

/** Issues a certificate for both ends of TLS, valid five years. Hosts are DNS names or IP addresses. */
export function issueTlsCertificate(
  organisation: Organisation,
  request: { readonly name: string; readonly hosts: readonly string[] },
): Promise<Credentials> {
  const { domain, tlsCa } = organisation;
  const { name, hosts } = request;
  return issueCertificate({ purpose: 'tls', subject: subject(domain, `${name}.${domain}`), hosts }, tlsCa);
}

function subject(domain: string, commonName: string, unit?: string): SubjectName {
  return [{ O: [domain] }, ...(unit === undefined ? [] : [{ OU: [unit] }]), { CN: [commonName] }];
}
