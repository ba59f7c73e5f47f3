// Contracts as one chaincode: fabric-shim's own dispatch, the same that fabric-chaincode-node starts.
import { JSONSerializer } from 'fabric-contract-api';
import type { ChaincodeInterface } from 'fabric-shim';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract';
import type { ContractClass } from './contract';

/** The chaincode that dispatches to these contracts; the first is the default one. */
export function chaincodeOf(contracts: readonly ContractClass[]): ChaincodeInterface {
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  // The dispatch appends to the list it gets, so it gets its own.
  return new ChaincodeFromContract([...contracts], serializers, {}, '', '');
}
