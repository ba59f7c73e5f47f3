// The one network of real peers of a test run.
import type { Platform } from '@wattlock/gateway';

/** Why suites cannot run on real peers here; undefined when they can. */
export function whyNoPeers(): string | undefined {
  return 'the launcher of real peers does not exist yet';
}

/** The run's network. @throws Error with the reason when there is none. */
export function realPeers(): Promise<Platform> {
  return Promise.reject(new Error(whyNoPeers()));
}
