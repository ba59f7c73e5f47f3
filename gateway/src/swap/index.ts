// The public entry of the coordinator.
export type { FailedSwap } from './attempt';
export type { SwapSummary } from './confirm';
export { summarise } from './confirm';
export { cancelSwap, withdrawSwap } from './abandon';
export * from './context';
export * from './convert';
export {
  begin,
  drive,
  isDisclosed,
  lockOrNone,
  observe,
  type Course,
  type CourseLock,
  type CourseOptions,
} from './course';
export { finishSwaps, type Watch } from './finish';
export { openSwaps, swapsWithoutReceipt, type OpenSwap } from './open-swaps';
export { outlookOf, type LegTimes, type NextStep, type Outlook, type SeenSwap } from './outlook';
export * from './party';
export * from './propose';
export * from './receipts';
export * from './resume';
export { StockRoom } from './stock';
export { issueStock, listStock, type ShownSlot } from './stock-slots';
export * as steps from './steps';
