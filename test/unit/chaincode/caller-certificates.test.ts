// The contracts' glue reads a caller's certificate once, however often the caller calls.
import { createRequire } from 'node:module';
import { expect } from 'chai';
import '@wattlock/chaincode-fabric';
import { foundConsortium } from '@wattlock/gateway';

interface Parser {
  readonly Certificate: { fromPEM(pem: string): { readonly subject: { readonly commonName: string } } };
}

const shimRequire = createRequire(require.resolve('fabric-shim'));
const { Certificate } = shimRequire('@fidm/x509') as Parser;

describe("the callers' certificates", () => {
  it('are parsed once for equal texts, and each text to its own', async () => {
    const { organisations } = await foundConsortium();
    const [first, second] = [organisations.certifier.client, organisations.auditor.client];
    const parsed = Certificate.fromPEM(first.certificatePem);
    expect(Certificate.fromPEM(Buffer.from(first.certificatePem).toString())).to.equal(parsed);
    expect(Certificate.fromPEM(second.certificatePem)).not.to.equal(parsed);
    expect(parsed.subject.commonName).to.match(/^client@certifier/);
  });

  it('are refused anew when they are none', () => {
    for (let time = 1; time <= 2; time++) expect(() => Certificate.fromPEM('none')).to.throw();
  });
});
