// Packs a chaincode folder for `peer lifecycle chaincode install`: the manifest, the pinned dependencies and the
// readable bundle of our own code. The same code gives the same bytes and so the same package id, on every machine.
// Usage: node scripts/pack-chaincode.mjs CHAINCODE FILE     prints the package id
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { packChaincodeSource } = createRequire(import.meta.url)('@wattlock/fabric-network');
const root = fileURLToPath(new URL('..', import.meta.url));

/** @returns the package of `chaincode/NAME`, built before: its id, label and bytes. */
export function packFolder(name) {
  const folder = join(root, 'chaincode', name);
  const read = (file) => ({ name: file, content: readFileSync(join(folder, file)) });
  const { version } = JSON.parse(read('package.json').content);
  const bundle = readdirSync(join(folder, 'dist', 'bundle')).sort();
  return packChaincodeSource({
    name,
    version,
    files: ['package.json', 'npm-shrinkwrap.json', ...bundle.map((file) => `dist/bundle/${file}`)].map(read),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [chaincode, file] = process.argv.slice(2);
  if (file === undefined) {
    process.stderr.write('usage: node scripts/pack-chaincode.mjs CHAINCODE FILE\n');
    process.exit(2);
  }
  const { id, bytes } = packFolder(chaincode);
  writeFileSync(file, bytes);
  process.stdout.write(`${id}\n`);
}
