// The public entry of the audit.
export { auditPlatform, project, type AuditOptions } from './audit';
export { EXCEPTIONS, type AuditException, type ExceptionCode, type Severity } from './exceptions';
export { isClean, reconcile, type EnergyReport, type PointReport, type ReconcileReport } from './reconcile';
