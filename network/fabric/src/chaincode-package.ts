// The package of a chaincode that runs as a service: where to reach it, as a template, and which code it stands for.
// It holds no address and no key, so one package and one id serve all organisations.
import { createHash } from 'node:crypto';
import { storedGzip, tar } from './archive';

/** What a package is made of. */
export interface ChaincodePackageRequest {
  readonly name: string;
  readonly version: string;
  /** The program that serves the chaincode: its digest goes into the package, so other code is another package. */
  readonly code: Uint8Array;
}

export interface ChaincodePackage {
  /** `label:sha256`, as `peer lifecycle chaincode calculatepackageid` prints it. */
  readonly id: string;
  readonly label: string;
  /** A .tar.gz for `peer lifecycle chaincode install`. */
  readonly bytes: Uint8Array;
}

const DIAL_TIMEOUT = '10s';

/** Packs a chaincode. The same request gives the same bytes, on every machine. */
export function packChaincode({ name, version, code }: ChaincodePackageRequest): ChaincodePackage {
  const label = `${name}_${version}`;
  const bytes = storedGzip(
    tar([
      json('metadata.json', { type: 'ccaas', label }),
      {
        name: 'code.tar.gz',
        content: storedGzip(
          tar([
            json('code.json', { sha256: createHash('sha256').update(code).digest('hex') }),
            json('connection.json', {
              address: `{{.${addressKey(name)}}}`,
              dial_timeout: DIAL_TIMEOUT,
              tls_required: true,
              client_auth_required: true,
              client_key: '{{.client_key}}',
              client_cert: '{{.client_cert}}',
              root_cert: '{{.root_cert}}',
            }),
          ]),
        ),
      },
    ]),
  );
  return { id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, label, bytes };
}

/** The name under which a peer's builder config holds the address of a chaincode, such as `power_info_address`. */
export const addressKey = (chaincode: string): string => `${chaincode.replaceAll('-', '_')}_address`;

const json = (name: string, value: object) => ({ name, content: Buffer.from(`${JSON.stringify(value)}\n`) });
