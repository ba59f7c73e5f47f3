// The public entry of the probe chaincode; `contracts` is what fabric-chaincode-node starts.
import { withClock, type Clock, type ContractClass } from '@wattlock/chaincode-fabric';
import { ProbeContract } from './contract';

/** Fresh contract classes; the probe has no skew rule, the clock is there for a uniform set-up. */
export function probeContracts(clock: Clock = Date.now): ContractClass[] {
  return [withClock(ProbeContract, clock)];
}

export const contracts: ContractClass[] = probeContracts();
