// Metrics: one table of what is counted and measured. Whoever counts names a row and its labels and knows no library;
// where nobody asks, counting costs nothing.

interface MetricRow {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

/** Names as Prometheus has them: what, unit, `_total` for what only grows. */
export const METRICS = {
  wattlock_endorsements_total: {
    kind: 'counter',
    help: 'Requests to endorse a transaction, by how they ended: endorsed, or a code',
    labels: ['channel', 'fn', 'outcome'],
  },
  wattlock_commits_total: {
    kind: 'counter',
    help: 'Transactions sent, by how they ended: valid, or a code',
    labels: ['channel', 'outcome'],
  },
  wattlock_retries_total: {
    kind: 'counter',
    help: 'Submissions tried again, by the code that they failed with before',
    labels: ['channel', 'fn', 'code'],
  },
  wattlock_endorse_seconds: {
    kind: 'histogram',
    help: 'From asking for endorsements to having them',
    labels: ['channel'],
  },
  wattlock_commit_seconds: {
    kind: 'histogram',
    help: 'From sending a transaction to seeing its block',
    labels: ['channel'],
  },
  wattlock_reads_total: {
    kind: 'counter',
    help: 'Contract functions evaluated, by how they ended: answered, or a code',
    labels: ['channel', 'fn', 'outcome'],
  },
  wattlock_blocks_total: {
    kind: 'counter',
    help: 'Blocks read from a channel',
    labels: ['channel'],
  },
  wattlock_block_height: {
    kind: 'gauge',
    help: 'Number of blocks known of a channel: one more than the number of the last',
    labels: ['channel'],
  },
  wattlock_swap_steps_total: {
    kind: 'counter',
    help: 'Steps of swaps taken by this process: lock, claim or withdraw, on a leg',
    labels: ['embodiment', 'do', 'leg'],
  },
  wattlock_watch_rounds_total: {
    kind: 'counter',
    help: 'Rounds of the watch, by how they ended: done, or a code',
    labels: ['outcome'],
  },
  wattlock_watch_swaps_total: {
    kind: 'counter',
    help: 'Swaps that the watch dealt with, by the stage they reached or the code they failed with',
    labels: ['outcome'],
  },
  wattlock_watch_round_timestamp_seconds: {
    kind: 'gauge',
    help: 'When the watch last completed a round, in seconds since 1970',
    labels: [],
  },
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof METRICS;

type NameOf<K extends MetricRow['kind']> = {
  [N in MetricName]: (typeof METRICS)[N]['kind'] extends K ? N : never;
}[MetricName];

type LabelsOf<N extends MetricName> = Readonly<
  Record<(typeof METRICS)[N]['labels'][number], string | number>
>;

export interface Metrics {
  /** Counts one more. */
  count<N extends NameOf<'counter'>>(name: N, labels: LabelsOf<N>): void;
  /** Notes a duration, in milliseconds. */
  took<N extends NameOf<'histogram'>>(name: N, labels: LabelsOf<N>, ms: number): void;
  /** Notes what something is now. */
  set<N extends NameOf<'gauge'>>(name: N, labels: LabelsOf<N>, value: number): void;
}

export const silentMetrics: Metrics = {
  count: () => undefined,
  took: () => undefined,
  set: () => undefined,
};
