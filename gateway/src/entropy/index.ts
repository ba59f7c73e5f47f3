// The public entry of randomness.
export { freshHex, machineEntropy, seededEntropy, type Entropy } from './entropy';
