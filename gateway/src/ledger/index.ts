// The public entry of the ledger: the port, its errors and its deadlines. Adapters and protobuf have entries of their own.
export * from './deadlines';
export * from './errors';
export { observed } from './observed';
export * from './port';
