// The public entry of the certificate channel's chaincode; `contracts` is what fabric-chaincode-node starts.
import { withClock, type Clock, type ContractClass } from '@wattlock/chaincode-fabric';
import { CertificateContract } from './contract';

/** Fresh contract classes whose skew rule reads the given clock, by default the machine's. */
export function certificateContracts(clock: Clock = Date.now): ContractClass[] {
  return [withClock(CertificateContract, clock)];
}

export const contracts: ContractClass[] = certificateContracts();
