// The public entry of the audit.
export { auditBlocks, auditPlatform, type AuditOptions } from './audit';
export { awaitAuditor } from './lag';
export { EXCEPTIONS, type AuditException, type ExceptionCode, type Severity } from './checks/exceptions';
export type { Revision } from './checks/records';
export {
  isClean,
  reconcile,
  type ChannelReport,
  type EnergyBalance,
  type PointReport,
  type ReconcileReport,
  type StockReport,
} from './report';
