// Write sets that no contract made: a malicious organisation's peer signs what it is told, and after a lock is closed
// so does the auditor's, because two of three could rewrite it if its policy were not raised.
import { CLAIMANT, LEGS, type JsonObject, type Leg } from '@wattlock/core';
import { unchecked } from '../support/call';
import { MSP } from '../support/domain';
import { recordOf } from './facts';
import { CHAINCODE } from './names';
import type { ContractCall } from './contract-call';
import type { Scenario } from './scenario';
import type { Deal, PartyRole, Role } from './setting';
import type { Envelope, World } from './world';

const STATES = ['OPEN', 'EXECUTED', 'WITHDRAWN'] as const;
const MADE_UP = '07'.repeat(32);

export function forgeriesOf(
  { deals, powers, withAuditor }: Scenario,
  world: World,
  party: PartyRole,
): readonly Envelope[] {
  return deals.flatMap((deal) =>
    LEGS.flatMap((leg) => {
      const current = world.states[leg].get(CHAINCODE[leg], `LOCK~${deal.swapId}`);
      if (current === undefined) return [];
      const record = recordOf(current);
      const isOpen = record['state'] === 'OPEN';
      if (powers.colludes) {
        const executed = { ...record, state: 'EXECUTED', secret: MADE_UP };
        return isOpen && CLAIMANT[leg] === party
          ? [forge(leg, deal, party, [party, 'auditor'], executed)]
          : [];
      }
      if (!powers.forges) return [];
      const signers: readonly Role[] = isOpen || !withAuditor ? [party] : [party, 'auditor'];
      return STATES.filter((state) => state !== record['state']).map((state) =>
        forge(leg, deal, party, signers, { ...record, state }),
      );
    }),
  );
}

function forge(
  leg: Leg,
  deal: Deal,
  party: PartyRole,
  signers: readonly Role[],
  record: JsonObject,
): Envelope {
  const name = `a forged record that says ${deal.name} is ${record['state'] as string}`;
  const namespace = CHAINCODE[leg];
  const write = { key: `LOCK~${deal.swapId}`, value: Buffer.from(JSON.stringify(record)) };
  const call: ContractCall = { name, leg, by: party, swapId: deal.swapId, fn: unchecked(''), document: {} };
  return {
    leg,
    call,
    timestamp: 0,
    transaction: {
      txId: `${name} ${leg} ${signers.join()}`,
      chaincode: namespace,
      sets: [{ namespace, reads: [], ranges: [], writes: [write], metadataWrites: [] }],
      endorsers: signers.map((role) => MSP[role]),
    },
    discloses: [],
    deal: deal.name,
  };
}
