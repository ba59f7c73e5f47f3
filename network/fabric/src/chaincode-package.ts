// Packages of chaincode, the same bytes for everybody who packs the same. One that runs as a service holds where to
// reach it, as a template, and which code it stands for: no address and no key, so one package and one id serve all
// organisations. One that peers build themselves holds its source.
import { createHash } from 'node:crypto';
import { storedGzip, tar, type ArchiveFile } from './archive';

/** What a package of a service is made of. */
export interface ChaincodePackageRequest {
  readonly name: string;
  readonly version: string;
  /** The program that serves the chaincode: its digest goes into the package, so other code is another package. */
  readonly code: Uint8Array;
}

/** What a package for the peers' own Node builder is made of. */
export interface ChaincodeSourceRequest {
  readonly name: string;
  readonly version: string;
  /** Paths relative to the chaincode's folder; package.json must be among them. */
  readonly files: readonly ArchiveFile[];
}

export interface ChaincodePackage {
  /** `label:sha256`, as `peer lifecycle chaincode calculatepackageid` prints it. */
  readonly id: string;
  readonly label: string;
  /** A .tar.gz for `peer lifecycle chaincode install`. */
  readonly bytes: Uint8Array;
}

const DIAL_TIMEOUT = '10s';

/** Packs a chaincode that runs as a service. The same request gives the same bytes, on every machine. */
export function packChaincode({ name, version, code }: ChaincodePackageRequest): ChaincodePackage {
  const label = `${name}_${version}`;
  return packageOf(label, { type: 'ccaas', label }, [
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
  ]);
}

/** Packs a chaincode's source. The same files in the same order give the same bytes, on every machine. */
export function packChaincodeSource({ name, version, files }: ChaincodeSourceRequest): ChaincodePackage {
  const label = `${name}_${version}`;
  const source = files.map((file) => ({ ...file, name: `src/${file.name}` }));
  return packageOf(label, { path: name, type: 'node', label }, source);
}

/** Source: Fabric, core/chaincode/persistence/chaincode_package.go. */
function packageOf(label: string, metadata: object, code: readonly ArchiveFile[]): ChaincodePackage {
  const bytes = storedGzip(
    tar([json('metadata.json', metadata), { name: 'code.tar.gz', content: storedGzip(tar(code)) }]),
  );
  return { id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, label, bytes };
}

/** The name under which a peer's builder config holds the address of a chaincode, such as `power_info_address`. */
export const addressKey = (chaincode: string): string => `${chaincode.replaceAll('-', '_')}_address`;

const json = (name: string, value: object) => ({ name, content: Buffer.from(`${JSON.stringify(value)}\n`) });
