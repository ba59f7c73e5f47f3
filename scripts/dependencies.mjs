// Every package declares what it imports, and imports what it declares. Installing in one tree hides both faults until
// two packages want different versions of the same thing. Run by `npm run lint`; prints what is wrong, one a line.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = /\.(ts|mjs|cjs|js)$/;
const NOT_SOURCE = new Set(['node_modules', 'dist', 'coverage']);

/** Declared and not imported, for a reason. */
const NEEDED_OTHERWISE = {
  // External to a chaincode's bundle, into which the glue that imports them is built.
  'chaincode/power-info': ['@hyperledger/fabric-protos', 'fabric-contract-api', 'fabric-shim'],
  'chaincode/certificate': ['@hyperledger/fabric-protos', 'fabric-contract-api', 'fabric-shim'],
  'chaincode/probe': ['@hyperledger/fabric-protos', 'fabric-contract-api', 'fabric-shim'],
};

const read = (path) => readFileSync(join(root, path), 'utf8');
const builtin = new Set(builtinModules);
const { workspaces } = JSON.parse(read('package.json'));

/** Source files below a folder of the repository, by their paths in it. */
function* sources(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      if (SOURCE.test(entry.name)) yield path;
    } else if (!NOT_SOURCE.has(entry.name)) {
      yield* sources(path);
    }
  }
}

/** Names of the packages that a file imports, for values or types. */
function importedBy(path) {
  return ts
    .preProcessFile(read(path), true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtin.has(name))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
}

function* faultsOf(folder) {
  const manifest = JSON.parse(read(join(folder, 'package.json')));
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
  const imported = new Map();
  for (const file of sources(folder)) {
    for (const name of importedBy(file)) imported.set(name, file);
  }
  for (const [name, file] of imported) {
    if (!declared.has(name) && name !== manifest.name)
      yield `${folder} does not declare ${name}, which ${file} imports`;
  }
  for (const name of declared) {
    if (imported.has(name) || NEEDED_OTHERWISE[folder]?.includes(name)) continue;
    yield `${folder} declares ${name}, which nothing in it imports`;
  }
}

const faults = workspaces.flatMap((folder) => [...faultsOf(relative(root, join(root, folder)))]);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
