// Membership material: what Fabric's MSP checks when it reads a certificate, checked here with Node's own X.509.
import { expect } from 'chai';
import {
  createOrganisation,
  issueIdentity,
  issueTlsCertificate,
  mspFiles,
  readCredentials,
  readOrganisation,
  writeMspFolder,
  writeOrganisation,
  type Organisation,
} from '@wattlock/msp';
import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const P256_HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

describe('membership material', () => {
  let organisation: Organisation;
  let folder: string;
  before(async () => {
    organisation = await createOrganisation({
      mspId: 'Org1MSP',
      name: 'certifier',
      domain: 'certifier.example',
    });
    folder = await mkdtemp(join(tmpdir(), 'wattlock-msp-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('issues an identity that its organisation signed, whose role is the OU, and whose key fits', async () => {
    const identity = await issueIdentity(organisation, { name: 'agent', role: 'client' });
    const certificate = new X509Certificate(identity.certificatePem);
    expect(certificate.verify(new X509Certificate(organisation.ca.certificatePem).publicKey)).to.equal(true);
    expect(certificate.checkPrivateKey(createPrivateKey(identity.privateKeyPem))).to.equal(true);
    expect(certificate.subject.split('\n')).to.include.members(['OU=client', 'CN=agent@certifier.example']);
    expect(certificate.ca).to.equal(false);
    expect(identity.mspId).to.equal('Org1MSP');
  });

  it('signs with the key it issued', async () => {
    const { certificatePem, privateKeyPem } = await issueIdentity(organisation, { name: 'p', role: 'peer' });
    const message = Buffer.from('block');
    const signature = sign('sha256', message, privateKeyPem);
    expect(verify('sha256', message, new X509Certificate(certificatePem).publicKey, signature)).to.equal(
      true,
    );
  });

  it('keeps the authorities for identities and for TLS apart', async () => {
    const tls = await issueTlsCertificate(organisation, { name: 'peer', hosts: ['localhost'] });
    const certificate = new X509Certificate(tls.certificatePem);
    expect(certificate.verify(new X509Certificate(organisation.tlsCa.certificatePem).publicKey)).to.equal(
      true,
    );
    expect(certificate.verify(new X509Certificate(organisation.ca.certificatePem).publicKey)).to.equal(false);
    expect(new X509Certificate(organisation.ca.certificatePem).ca).to.equal(true);
  });

  it('names hosts and addresses in a TLS certificate that serves both ends', async () => {
    const tls = await issueTlsCertificate(organisation, { name: 'peer', hosts: ['localhost', '127.0.0.1'] });
    const certificate = new X509Certificate(tls.certificatePem);
    expect(certificate.checkHost('localhost')).to.equal('localhost');
    expect(certificate.checkIP('127.0.0.1')).to.equal('127.0.0.1');
    expect(certificate.keyUsage).to.have.members(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });

  it('signs every certificate with a low S, which Fabric keeps byte for byte', async () => {
    const issued = await Promise.all(
      Array.from({ length: 16 }, (_, n) => issueIdentity(organisation, { name: `n${n}`, role: 'client' })),
    );
    for (const { certificatePem } of [...issued, organisation.ca, organisation.tlsCa]) {
      expect(sOf(certificatePem) <= P256_HALF_ORDER).to.equal(true);
    }
  });

  it('is valid since yesterday, for members whose clock is behind', async () => {
    const { certificatePem } = await issueIdentity(organisation, { name: 'agent', role: 'admin' });
    const { validFrom, validTo } = new X509Certificate(certificatePem);
    expect(Date.parse(validFrom)).to.be.below(Date.now() - 23 * 3_600_000);
    expect(Date.parse(validTo)).to.be.above(Date.now() + 4 * 365 * 86_400_000);
  });

  it('writes a local MSP folder with the key readable by its owner alone', async () => {
    const identity = await issueIdentity(organisation, { name: 'peer0', role: 'peer' });
    const msp = join(folder, 'local');
    await writeMspFolder(msp, organisation, identity);
    expect(await readdir(msp)).to.have.members([
      'cacerts',
      'config.yaml',
      'keystore',
      'signcerts',
      'tlscacerts',
    ]);
    expect((await stat(mspFiles(msp).privateKeyFile)).mode & 0o777).to.equal(0o600);
    expect(await readCredentials(mspFiles(msp))).to.deep.equal({
      certificatePem: identity.certificatePem,
      privateKeyPem: identity.privateKeyPem,
    });
    expect(await readFile(join(msp, 'config.yaml'), 'utf8')).to.contain('"Enable": true');
  });

  it('writes a verifying MSP folder without any key', async () => {
    const msp = join(folder, 'verifying');
    await writeMspFolder(msp, organisation);
    expect(await readdir(msp)).to.have.members(['cacerts', 'config.yaml', 'tlscacerts']);
  });

  it('reads an organisation back and goes on issuing under the same authority', async () => {
    const home = join(folder, 'organisation');
    await writeOrganisation(home, organisation);
    const again = await readOrganisation(home);
    expect(again).to.deep.equal(organisation);
    const { certificatePem } = await issueIdentity(again, { name: 'late', role: 'client' });
    const authority = new X509Certificate(organisation.ca.certificatePem);
    expect(new X509Certificate(certificatePem).verify(authority.publicKey)).to.equal(true);
  });
});

/** The S of a certificate's signature: the last INTEGER of its DER. */
function sOf(certificatePem: string): bigint {
  const der = new X509Certificate(certificatePem).raw;
  for (const length of [32, 31, 30, 33]) {
    const header = der.length - length - 2;
    if (der[header] === 0x02 && der[header + 1] === length) {
      return BigInt(`0x${der.subarray(header + 2).toString('hex')}`);
    }
  }
  throw new Error('no signature found at the end of the certificate');
}
