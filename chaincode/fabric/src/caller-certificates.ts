// Reads a caller's certificate once. The shim parses it anew on every invocation, a quarter of a small function's time
// and a fifth of the embedded ledger's; what is parsed is only read, and equal text gives an equal certificate.
import { Memo } from '@wattlock/core';
import { createRequire } from 'node:module';

/** The shim's certificate parser, as far as the shim uses it. */
interface CertificateParser {
  readonly Certificate: { fromPEM(pem: string): object };
}

/** Parsed certificates by their text. A channel has few callers at a time; beyond this many all are forgotten. */
const known = new Memo<object>(1000);

/** Has the shim's parser remember. The shim looks it up anew on every invocation, so replacing it is enough. */
export function rememberCertificates(): void {
  const shimRequire = createRequire(require.resolve('fabric-shim'));
  const { Certificate } = shimRequire('@fidm/x509') as CertificateParser;
  const parse = Certificate.fromPEM.bind(Certificate);
  Certificate.fromPEM = (pem) => known.get(pem, () => parse(pem));
}
