// The metrics of a process in one registry, as Prometheus reads them. prom-client is loaded only here.
import { METRICS, type MetricName, type Metrics } from './metrics';

export interface Prometheus {
  readonly metrics: Metrics;
  /** What `GET /metrics` answers, and its type. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** From an endorsement on one machine to a commit that waits out its deadline. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A registry with every row of the table, and with the process's own figures (memory, CPU, event loop). */
export async function newPrometheus(): Promise<Prometheus> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<MetricName, InstanceType<typeof Counter>>();
  const gauges = new Map<MetricName, InstanceType<typeof Gauge>>();
  const histograms = new Map<MetricName, InstanceType<typeof Histogram>>();
  for (const [key, { kind, help, labels }] of Object.entries(METRICS)) {
    const name = key as MetricName;
    const common = { name, help, labelNames: [...labels], registers: [registry] };
    if (kind === 'counter') counters.set(name, new Counter(common));
    else if (kind === 'gauge') gauges.set(name, new Gauge(common));
    else histograms.set(name, new Histogram({ ...common, buckets: BUCKETS_SECONDS }));
  }
  return {
    metrics: {
      count: (name, labels) => counters.get(name)?.inc(labels),
      took: (name, labels, ms) => histograms.get(name)?.observe(labels, ms / 1000),
      set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
