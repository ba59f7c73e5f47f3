// The public entry of the contract glue.
import './logging';

export type { Call, Clock } from './call';
export { chaincodeOf } from './chaincode';
export { ChannelContract } from './channel';
export { claimLock } from './closing';
export { LedgerContract, withClock, type ContractClass, type Step } from './contract';
export { drainable, type DrainableChaincode } from './drain';
export { Evaluate, Submit } from './functions';
export { agreementField, findLock, getLock, lockRequestFields, openLock, putLock } from './locking';
export { limitLogging, logLevelFor, type LogLevel } from './logging';
export { policyBytes, type EndorsementRule } from './policy';
export { historyOf, lockFinder, type HistoryKind } from './reads';
export { getAccount, getActingAccount, getParameters, register, unversioned } from './registry';
export { serve, serveMain, serverOptions } from './serve';
export { checkCaller } from './setup';
export { stateOf, type KeyedRecord, type LedgerState, type Version } from './state';
