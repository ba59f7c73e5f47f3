// What the organisations of a development platform are called: by role, and with the MSP ids of this package's type.
import { generatorName, mspIdOf as mspIdOfName } from '@wattlock/msp';
import type { MspId } from '@wattlock/core';
import type { Members } from '../platform';

export { domainOf, ORDERER } from '@wattlock/msp';

/** Names of a consortium's organisations; of several generators: `generator`, `generator-2`, … */
export function memberNames(generators: number): Members<string> {
  return {
    certifier: 'certifier',
    generators: Array.from({ length: generators }, (_, index) => generatorName(index)),
    auditor: 'auditor',
  };
}

export const mspIdOf = (name: string): MspId => mspIdOfName(name) as MspId;
