// The public entry of the demo.
export { runDemo, type DemoOptions, type DemoReport } from './run';
