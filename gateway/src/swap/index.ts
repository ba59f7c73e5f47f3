// The public entry of the coordinator.
export type { FailedSwap } from './attempt';
export * from './context';
export * from './convert';
export * from './course';
export { finishSwaps, type Watch } from './finish';
export { OpenSwaps } from './open-swaps';
export * from './party';
export * from './propose';
export * from './receipts';
export * from './resume';
export { listStock, StockRoom, type StockSlotReport } from './stock';
export { summarise, type SwapSummary } from './summary';
export * as steps from './steps';
