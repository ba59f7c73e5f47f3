// Typed lint for the whole house, and the import rules of docs/explanation/architecture.md.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Forbids imports in a folder, with the reason a reader sees. */
const only = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const outsideItself = {
  regex: '^(?!\\.{1,2}/)',
  message: 'chaincode/core is pure: it imports nothing outside itself',
};
const shim = {
  group: ['fabric-shim', 'fabric-shim/*', 'fabric-contract-api', 'fabric-contract-api/*'],
  message: 'only chaincode/* and the embedded ledger that hosts it know the chaincode shim',
};
const gatewayClient = {
  group: ['@hyperledger/fabric-gateway'],
  message: 'only gateway/src/ledger/fabric knows the Fabric gateway client',
};
const internals = {
  group: ['@wattlock/*/*', '!@wattlock/embedded/reader'],
  message: 'import a package by a public entry, never its internals',
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allow: [] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.mjs', '**/bin/*.js'],
    languageOptions: {
      globals: {
        URL: 'readonly',
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
  only(
    ['**/*.ts'],
    [shim, gatewayClient, internals],
    ['chaincode/**', 'network/embedded/**', 'gateway/src/ledger/fabric/**', 'test/support/**'],
  ),
  only(['test/support/**/*.ts'], [gatewayClient, internals]),
  only(['network/embedded/**/*.ts'], [gatewayClient, internals]),
  only(['gateway/src/ledger/fabric/**/*.ts'], [shim, internals]),
  only(['chaincode/**/*.ts'], [gatewayClient, internals], ['chaincode/core/**']),
  only(['chaincode/core/**/*.ts'], [outsideItself], ['chaincode/core/src/digest.ts']),
);
