// The public entry of the adapter to the embedded ledger.
export { toLedgerError, type Channel } from './channel';
export { newEmbeddedLedger } from './ledger';
