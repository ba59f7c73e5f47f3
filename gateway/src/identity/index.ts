// The public entry of identities: what signs for accounts and for clients.
export { newAccountKeyPem, newAccountSigner, type AccountSigner } from './account-signer';
export { newSigner, toLowS, type Signer } from './transaction-signer';
