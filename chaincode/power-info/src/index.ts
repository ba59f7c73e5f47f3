// The public entry of the power channel's chaincode; `contracts` is what fabric-chaincode-node starts.
import { withClock, type Clock, type ContractClass } from '@wattlock/chaincode-fabric';
import { PowerInfoContract } from './contract';

/** Fresh contract classes whose skew rule reads the given clock, by default the machine's. */
export function powerInfoContracts(clock: Clock = Date.now): ContractClass[] {
  return [withClock(PowerInfoContract, clock)];
}

export const contracts: ContractClass[] = powerInfoContracts();
