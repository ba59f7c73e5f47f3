// What a process tells of itself while it works: log lines and metrics, handed to whoever has something to tell.
import { silentLog, type Log } from './log';
import { silentMetrics, type Metrics } from './metrics';

export interface Telemetry {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Tells nothing: what commands use unless they are asked for more. */
export const silentTelemetry: Telemetry = { log: silentLog, metrics: silentMetrics };
