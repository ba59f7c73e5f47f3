// The public entry of the clock.
export { reach, type Cancel, type Clock, type Timers } from './clock';
export { machineClock } from './machine';
export { ManualClock } from './manual';
export { every, waitFor, type Patience } from './waiting';
