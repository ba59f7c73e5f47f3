// What the organisations of a consortium of our own making are called: in folders, as accounts, as MSP ids, as domains.
// MSP ids are those of Fabric's test network, whose three organisations the first ones would be there.

export const ORDERER = 'orderer';

const MSP_IDS: Readonly<Record<string, string>> = {
  certifier: 'Org1MSP',
  generator: 'Org2MSP',
  auditor: 'Org3MSP',
  [ORDERER]: 'OrdererMSP',
};

/** Name of a generator organisation, counted from 0: `generator`, `generator-2`, … */
export const generatorName = (index: number): string =>
  index === 0 ? 'generator' : `generator-${index + 1}`;

/** The MSP id of an organisation by its name: further generators are numbered after the test network's three. */
export const mspIdOf = (name: string): string =>
  MSP_IDS[name] ?? `Org${Number(name.slice(name.lastIndexOf('-') + 1)) + 2}MSP`;

/** The domain that its certificates bear. */
export const domainOf = (name: string): string => `${name}.example`;
