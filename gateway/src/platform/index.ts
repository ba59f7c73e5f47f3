// The public entry of platforms; what opens one on a kind of ledger is loaded when asked for, see open-*.
export * from './choice';
export * from './configure';
export * from './deployments';
export * from './limits';
export * from './members';
export * from './names';
export { observedPlatform } from './observed';
export * from './platform';
export * from './registered-keys';
