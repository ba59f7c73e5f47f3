// What is changed in the shim: each change reaches the place that it is for. These fail when the library's inside moves.
// That a peer's abilities are heard is seen where they are used, in batch.test.ts.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BUSY_LOGGERS, prepareShim } from '@wattlock/chaincode-fabric';
import { foundConsortium } from '@wattlock/gateway';
import { expect } from 'chai';
import sinon from 'sinon';

interface Shim {
  readonly ClientIdentity: new (stub: object) => { getID(): string };
}
interface Parser {
  readonly Certificate: { fromPEM(pem: string): { readonly subject: { readonly commonName: string } } };
}

const { ClientIdentity } = createRequire(__filename)('fabric-shim') as Shim;
const shimRequire = createRequire(require.resolve('fabric-shim'));
const { Certificate } = shimRequire('@fidm/x509') as Parser;

describe('the prepared shim', () => {
  before(prepareShim);
  afterEach(() => {
    sinon.restore();
  });

  describe("reads the callers' certificates", () => {
    it('through the parser that remembers', async () => {
      const { organisations } = await foundConsortium();
      const { mspId, certificatePem } = organisations.certifier.client;
      const asked = sinon.spy(Certificate, 'fromPEM');
      const stub = {
        getCreator: () => ({ mspid: mspId, idBytes: Buffer.from(certificatePem) }),
        getChannelID: () => 'power',
        getTxID: () => 'tx',
      };
      for (let time = 1; time <= 2; time++) {
        expect(new ClientIdentity(stub).getID()).to.contain('CN=client@certifier');
      }
      expect(asked.callCount).to.equal(2);
      expect(asked.secondCall.returnValue).to.equal(asked.firstCall.returnValue);
    });

    it('once for equal texts, and each text to its own', async () => {
      const { organisations } = await foundConsortium();
      const [first, second] = [organisations.certifier.client, organisations.auditor.client];
      const parsed = Certificate.fromPEM(first.certificatePem);
      expect(Certificate.fromPEM(Buffer.from(first.certificatePem).toString())).to.equal(parsed);
      expect(Certificate.fromPEM(second.certificatePem)).not.to.equal(parsed);
      expect(parsed.subject.commonName).to.match(/^client@certifier/);
    });

    it('and refuses anew what is none', () => {
      for (let time = 1; time <= 2; time++) expect(() => Certificate.fromPEM('none')).to.throw();
    });
  });

  describe('spares the debug messages', () => {
    for (const [library, names] of Object.entries(BUSY_LOGGERS)) {
      it(`of loggers that ${library} has`, () => {
        const sources = libraryText(library);
        for (const name of names) expect(sources, name).to.contain(`getLogger('${name}')`);
      });
    }

    it('of every logger that works during an invocation, in either library', () => {
      const program = join(__dirname, '../../support/loud-shim.js');
      const printed = execFileSync(process.execPath, [program], { encoding: 'utf8' });
      expect(printed.split('\n').filter((line) => line.includes('debug'))).to.deep.equal([]);
      expect(printed, 'the loggers do print').to.contain('refused aloud');
    });
  });
});

/** All code of a library's own. */
function libraryText(library: string): string {
  const folder = join(dirname(require.resolve(`${library}/package.json`)), 'lib');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
