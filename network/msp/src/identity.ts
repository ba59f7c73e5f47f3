// Who takes part: organisations with their certificate authorities, and the identities they issue.

/** A certificate and the private key that belongs to it, both PEM; keys are P-256 in PKCS#8. */
export interface Credentials {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** What an identity may do in its organisation; written as the certificate's OU, as Fabric's NodeOUs expect. */
export type NodeRole = 'client' | 'peer' | 'orderer' | 'admin';

/** An enrolled identity: what signs proposals, endorsements, transactions and blocks. */
export interface Identity extends Credentials {
  readonly mspId: string;
  readonly name: string;
}

/** One organisation with the two authorities that issue its signing and its TLS certificates. */
export interface Organisation {
  readonly mspId: string;
  /** Short lower-case name, such as `certifier`; also the folder name. */
  readonly name: string;
  /** DNS-like domain of the organisation's hosts, such as `certifier.example`. */
  readonly domain: string;
  readonly ca: Credentials;
  readonly tlsCa: Credentials;
}
