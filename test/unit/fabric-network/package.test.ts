// Chaincode packages: the same for everybody who packs the same code, so that members can compare what they approve.
import { expect } from 'chai';
import { packChaincode, packChaincodeSource } from '@wattlock/fabric-network';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

const request = { name: 'power-info', version: '0.1.0', code: Buffer.from('code of the chaincode\n') };

describe('a chaincode package', () => {
  it('is the same bytes on every machine and at every time', () => {
    const { id } = packChaincode(request);
    expect(id).to.equal('power-info_0.1.0:2f798da5dd00d041e301dcbaccbd94ccab033eaacf22cdb32ae1d8c1a71011e1');
    expect(packChaincode(request).bytes).to.deep.equal(packChaincode(request).bytes);
  });

  it("is named by its label and its bytes' SHA-256", () => {
    const { id, label, bytes } = packChaincode(request);
    expect(label).to.equal('power-info_0.1.0');
    expect(id).to.equal(`${label}:${createHash('sha256').update(bytes).digest('hex')}`);
  });

  it('is another package when the code, the name or the version is another', () => {
    const ids = [
      request,
      { ...request, code: Buffer.from('other code\n') },
      { ...request, name: 'certificate' },
      { ...request, version: '0.1.1' },
    ].map((each) => packChaincode(each).id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('holds what a peer looks for, and of the code its digest', () => {
    const outer = untar(gunzipSync(packChaincode(request).bytes));
    expect(JSON.parse(textOf(outer, 'metadata.json'))).to.deep.equal({
      type: 'ccaas',
      label: 'power-info_0.1.0',
    });
    const inner = untar(gunzipSync(outer.get('code.tar.gz') ?? Buffer.alloc(0)));
    expect(JSON.parse(textOf(inner, 'code.json'))).to.deep.equal({
      sha256: createHash('sha256').update(request.code).digest('hex'),
    });
  });

  it('leaves addresses and keys to each peer, and asks for TLS on both sides', () => {
    const outer = untar(gunzipSync(packChaincode(request).bytes));
    const inner = untar(gunzipSync(outer.get('code.tar.gz') ?? Buffer.alloc(0)));
    expect(JSON.parse(textOf(inner, 'connection.json'))).to.deep.equal({
      address: '{{.power_info_address}}',
      dial_timeout: '10s',
      tls_required: true,
      client_auth_required: true,
      client_key: '{{.client_key}}',
      client_cert: '{{.client_cert}}',
      root_cert: '{{.root_cert}}',
    });
  });

  it('carries no time and no owner', () => {
    const bytes = packChaincode(request).bytes;
    expect([...bytes.subarray(4, 8)]).to.deep.equal([0, 0, 0, 0]);
    const header = gunzipSync(bytes).subarray(0, 512);
    expect(header.toString('ascii', 108, 124)).to.equal('0000000\u00000000000\u0000');
    expect(header.toString('ascii', 136, 148)).to.equal('00000000000\u0000');
  });
});

describe('a package of a chaincode’s source', () => {
  const source = {
    name: 'power-info',
    version: '0.1.0',
    files: [
      { name: 'package.json', content: Buffer.from('{}\n') },
      { name: 'dist/bundle/index.js', content: Buffer.from('// code\n') },
    ],
  };

  it('is the same bytes on every machine and at every time', () => {
    const { id } = packChaincodeSource(source);
    expect(id).to.equal('power-info_0.1.0:c90df6b11bc1a65e8764339dafee78820917960c98069772f1c6a85852e3cd8c');
  });

  it('is of the kind that peers build with Node, and holds the files where they look for them', () => {
    const outer = untar(gunzipSync(packChaincodeSource(source).bytes));
    expect(JSON.parse(textOf(outer, 'metadata.json'))).to.deep.equal({
      path: 'power-info',
      type: 'node',
      label: 'power-info_0.1.0',
    });
    const inner = untar(gunzipSync(outer.get('code.tar.gz') ?? Buffer.alloc(0)));
    expect([...inner.keys()]).to.deep.equal(['src/package.json', 'src/dist/bundle/index.js']);
    expect(textOf(inner, 'src/dist/bundle/index.js')).to.equal('// code\n');
  });
});

const textOf = (files: ReadonlyMap<string, Buffer>, name: string): string =>
  files.get(name)?.toString('utf8') ?? '';

/** Reads a tar archive of small files. */
function untar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let start = 0;
  while (archive[start] !== 0 && start < archive.length) {
    const field = (offset: number, length: number): string =>
      (archive.toString('ascii', start + offset, start + offset + length).split('\u0000')[0] ?? '').trim();
    const sum = archive
      .subarray(start, start + 512)
      .reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
    expect(parseInt(field(148, 8), 8)).to.equal(sum);
    const size = parseInt(field(124, 12), 8);
    files.set(field(0, 100), archive.subarray(start + 512, start + 512 + size));
    start += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
