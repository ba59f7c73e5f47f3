// The public entry of the clock.
export { machineClock, reach, type Clock } from './clock';
