// The public entry of the coordinator.
export type { FailedSwap } from './attempt';
export * from './context';
export * from './convert';
export * from './course';
export * from './party';
export * from './propose';
export * from './receipts';
export * from './resume';
export * as steps from './steps';
