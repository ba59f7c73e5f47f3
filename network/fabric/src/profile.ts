// Who takes part in a network, on which channels, under which policies. Plain data: another consortium is another table.

export type OrganisationRole = 'certifier' | 'generator' | 'auditor';

export interface OrganisationProfile {
  readonly role: OrganisationRole;
  /** Folder and process names; unique in the network. */
  readonly name: string;
  readonly mspId: string;
  readonly domain: string;
}

export interface NetworkProfile {
  readonly name: string;
  readonly organisations: readonly OrganisationProfile[];
  readonly orderer: Omit<OrganisationProfile, 'role'>;
  /** Channels, each joined by every organisation. */
  readonly channels: readonly string[];
  /** Signature policy of every chaincode: the organisations that must endorse. */
  readonly chaincodePolicy: string;
  /** Implicit meta policy for approving a chaincode definition, such as `ALL Endorsement`. */
  readonly lifecyclePolicy: string;
}

/** Certifier, generator and auditor, with MSP ids as in Fabric's test network. */
export const THREE_ORGANISATIONS: NetworkProfile = {
  name: 'three-organisations',
  organisations: [
    { role: 'certifier', name: 'certifier', mspId: 'Org1MSP', domain: 'certifier.example' },
    { role: 'generator', name: 'generator', mspId: 'Org2MSP', domain: 'generator.example' },
    { role: 'auditor', name: 'auditor', mspId: 'Org3MSP', domain: 'auditor.example' },
  ],
  orderer: { name: 'orderer', mspId: 'OrdererMSP', domain: 'orderer.example' },
  channels: ['power', 'certificate'],
  chaincodePolicy: "AND('Org1MSP.peer','Org2MSP.peer')",
  lifecyclePolicy: 'ALL Endorsement',
};

/** How orderers cut blocks. */
export interface BatchSettings {
  /** Go duration, such as `50ms`: the longest a transaction waits for company. */
  readonly timeout: string;
  readonly maxMessages: number;
  /** Such as `2 MB`. */
  readonly preferredMaxBytes: string;
}

/** What `networkUp` uses unless told otherwise; chosen by `wattlock bench`. */
export const DEFAULT_BATCH: BatchSettings = { timeout: '50ms', maxMessages: 50, preferredMaxBytes: '2 MB' };
