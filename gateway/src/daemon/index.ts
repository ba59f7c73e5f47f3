// The public entry of long-running processes.
export { newDaemon, type Daemon, type DaemonOptions, type Health, type Service } from './daemon';
export { rounds, type RoundsOptions } from './rounds';
export { statusServer, type StatusServer, type StatusServerOptions } from './status-server';
