// Bundles each deployable chaincode folder into one readable CommonJS file: our own code inside, fabric-* outside.
// tsc has run before: what is bundled is what it has checked and written.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const named = process.argv.slice(2);
const names = named.length > 0 ? named : ['power-info', 'certificate', 'probe'];

await Promise.all(
  names.flatMap((name) =>
    ['index', 'server'].map((entry) =>
      build({
        absWorkingDir: root,
        entryPoints: [`chaincode/${name}/dist/${entry}.js`],
        outfile: `chaincode/${name}/dist/bundle/${entry}.js`,
        bundle: true,
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        external: ['fabric-shim', 'fabric-contract-api', '@hyperledger/fabric-protos'],
        logLevel: 'warning',
      }),
    ),
  ),
);
