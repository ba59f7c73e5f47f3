// What the organisations of a development platform are called: in folders, as accounts, and as MSP ids.
// MSP ids are those of Fabric's test network, whose organisations the first three would be there.
import type { MspId } from '@wattlock/core';
import type { Members } from '../platform';

export const ORDERER = 'orderer';

const MSP_IDS: Readonly<Record<string, string>> = {
  certifier: 'Org1MSP',
  generator: 'Org2MSP',
  auditor: 'Org3MSP',
  [ORDERER]: 'OrdererMSP',
};

/** Names of a consortium's organisations; of several generators: `generator`, `generator-2`, … */
export function memberNames(generators: number): Members<string> {
  return {
    certifier: 'certifier',
    generators: Array.from({ length: generators }, (_, i) => (i === 0 ? 'generator' : `generator-${i + 1}`)),
    auditor: 'auditor',
  };
}

/** The MSP id of an organisation: the further generators are numbered after the three of the test network. */
export function mspIdOf(name: string): MspId {
  const known = MSP_IDS[name] ?? `Org${Number(name.slice(name.lastIndexOf('-') + 1)) + 2}MSP`;
  return known as MspId;
}
