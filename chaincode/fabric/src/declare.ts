// Declares a method as a contract function: submitted or evaluated, and that it answers a string.
// The decorators of fabric-contract-api are called by hand, since contracts are made from a table.
import type { FunctionKind } from '@wattlock/core';
import { Returns, Transaction, type Contract } from 'fabric-contract-api';

const ENTRIES = 'fabric:transactions';

/**
 * The parameter is not declared. Declared parameters are checked by a JSON schema validator that is looked up and run
 * anew in every call, 35 of the dispatch's 105 microseconds, and whose refusals carry no code of ours; undeclared ones
 * are passed on as strings, and parseDocument refuses what is no document.
 */
export function declare(target: Contract, name: string, kind: FunctionKind): void {
  Returns('string')(target, name);
  Transaction(kind === 'submit')(target, name);
  for (const entry of Reflect.getMetadata(ENTRIES, target) ?? []) {
    if (entry.name === name) delete entry.parameters;
  }
}
