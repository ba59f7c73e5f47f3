// The public entry of the audit.
export { auditBlocks, auditPlatform, type AuditOptions } from './audit';
export { awaitAuditor } from './lag';
export * from './checks';
export type { Revision } from './checks/records';
export { Projection } from './project/projection';
export {
  reconcile,
  type ChannelReport,
  type EnergyBalance,
  type PointReport,
  type ReconcileReport,
  type StockReport,
} from './report';
