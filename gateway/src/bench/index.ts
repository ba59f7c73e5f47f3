// The public entry of the benchmark.
export { bench } from './platform';
export type { BenchOptions, BenchReport } from './run';
