// The public entry of errors as people and scripts meet them.
export * from './meaning';
export { HINTS } from './hints';
export { HINTS_JA } from './hints-ja';
