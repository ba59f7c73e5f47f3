// The machine's clock: the only place where this package reads the time or sets a timer.
import type { EpochMs } from '@wattlock/core';
import { pause, reach, type Clock } from './clock';

export const machineClock: Clock = {
  now: () => Date.now() as EpochMs,
  until: (instant, signal) => reach(instant, machineClock, signal),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => pause(machineClock, ms, signal),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
