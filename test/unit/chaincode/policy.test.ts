// Key-level endorsement policies: the bytes are agreed between endorsers, so they are written down here.
import { common, msp } from '@hyperledger/fabric-protos';
import { policyBytes } from '@wattlock/chaincode-fabric';
import type { MspId } from '@wattlock/core';
import { expect } from 'chai';

const ORGANISATIONS = ['Org1MSP', 'Org2MSP', 'Org3MSP'] as MspId[];

/** What Fabric's own OutOf(2, 'Org1MSP.peer', 'Org2MSP.peer', 'Org3MSP.peer') encodes to. */
const TWO_OF_THREE =
  '1210120e08021202080012020801120208021a0d120b0a074f7267314d535010031a0d120b0a074f7267324d535010031a0d120b0a074f7267334d53501003';

describe('a key-level endorsement policy', () => {
  it('is the same bytes in every version of this code', () => {
    const bytes = policyBytes({ n: 2, mspIds: ORGANISATIONS });
    expect(Buffer.from(bytes).toString('hex')).to.equal(TWO_OF_THREE);
  });

  it('reads as a signature policy that asks for peers of so many organisations', () => {
    const envelope = common.SignaturePolicyEnvelope.deserializeBinary(
      policyBytes({ n: 2, mspIds: ORGANISATIONS }),
    );
    const rule = envelope.getRule()?.getNOutOf();
    expect(rule?.getN()).to.equal(2);
    expect(rule?.getRulesList().map((signer) => signer.getSignedBy())).to.deep.equal([0, 1, 2]);
    const roles = envelope
      .getIdentitiesList()
      .map((identity) => msp.MSPRole.deserializeBinary(identity.getPrincipal_asU8()));
    expect(roles.map((role) => role.getMspIdentifier())).to.deep.equal(ORGANISATIONS);
    expect(roles.every((role) => role.getRole() === msp.MSPRole.MSPRoleType.PEER)).to.equal(true);
  });

  it('does not depend on the order in which organisations are named', () => {
    const reversed = policyBytes({ n: 2, mspIds: [...ORGANISATIONS].reverse() });
    expect(reversed).to.deep.equal(policyBytes({ n: 2, mspIds: ORGANISATIONS }));
  });

  it('never asks for more organisations than there are', () => {
    const [only] = ORGANISATIONS as [MspId];
    const bytes = policyBytes({ n: 2, mspIds: [only, only] });
    const envelope = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
    expect(envelope.getIdentitiesList()).to.have.length(1);
    expect(envelope.getRule()?.getNOutOf()?.getN()).to.equal(1);
  });
});
