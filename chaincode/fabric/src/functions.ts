// The decorators of contract functions: which are submitted, which are evaluated, and that all of them answer a string.
// They wrap fabric-contract-api's own, in two points differently.
import { Returns, Transaction, type Contract } from 'fabric-contract-api';

interface FunctionEntry {
  readonly name: string;
  parameters?: unknown;
}

/** The part of reflect-metadata that fabric-contract-api brings along and this file needs. */
interface Metadata {
  getMetadata(key: string, target: object): FunctionEntry[] | undefined;
  defineMetadata(key: string, value: FunctionEntry[], target: object): void;
}

const ENTRIES = 'fabric:transactions';
const metadata = Reflect as unknown as Metadata;

type FunctionDecorator = (target: Contract, name: string) => void;

/** A function whose transaction is ordered and committed. */
export const Submit = (): FunctionDecorator => declare(true);

/** A function that is answered by one peer and changes nothing. */
export const Evaluate = (): FunctionDecorator => declare(false);

/**
 * - Entries are copied before a subclass adds to them: the library would add to the base class's own list,
 *   and two contracts in one process would claim each other's functions.
 * - The parameter is not declared. Declared parameters are checked by a JSON schema validator that is looked up and
 *   run anew in every call, 35 of the dispatch's 105 microseconds, and whose refusals carry no code of ours;
 *   undeclared ones are passed on as strings, and parseDocument refuses what is no document.
 */
function declare(commits: boolean): FunctionDecorator {
  return (target, name) => {
    const inherited = metadata.getMetadata(ENTRIES, target) ?? [];
    metadata.defineMetadata(
      ENTRIES,
      inherited.map((entry) => ({ ...entry })),
      target,
    );
    Returns('string')(target, name);
    Transaction(commits)(target, name);
    for (const entry of metadata.getMetadata(ENTRIES, target) ?? []) {
      if (entry.name === name) delete entry.parameters;
    }
  };
}
