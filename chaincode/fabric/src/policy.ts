// Endorsement policies of single keys, as the bytes a peer expects under VALIDATION_PARAMETER:
// a common.SignaturePolicyEnvelope (Fabric's v2.0 validator wraps it into an ApplicationPolicy by itself).
import { common, msp } from '@hyperledger/fabric-protos';
import { Memo, type MspId } from '@wattlock/core';

/** Any `n` of the organisations must endorse. */
export interface EndorsementRule {
  readonly n: number;
  readonly mspIds: readonly MspId[];
}

/** Policies made before. There are few, and every lock and closing needs one; a policy is a function of its rule. */
const made = new Memo<Uint8Array>(256);

/**
 * The policy's bytes: equal for equal sets of organisations, because they are put in order, each once.
 * Only peers count, so that no client's key can stand in for an endorser; members' MSPs must classify node OUs.
 */
export function policyBytes({ n, mspIds }: EndorsementRule): Uint8Array {
  const organisations = [...new Set(mspIds)].sort();
  return made.get(JSON.stringify([n, ...organisations]), () => encode(n, organisations));
}

function encode(n: number, organisations: readonly MspId[]): Uint8Array {
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setIdentitiesList(organisations.map(peersOf));
  envelope.setRule(nOutOf(Math.min(n, organisations.length), organisations.length));
  return envelope.serializeBinary();
}

function peersOf(mspId: MspId): msp.MSPPrincipal {
  const role = new msp.MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(msp.MSPRole.MSPRoleType.PEER);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}

function nOutOf(n: number, of: number): common.SignaturePolicy {
  const signers = Array.from({ length: of }, (_, index) => {
    const signedBy = new common.SignaturePolicy();
    signedBy.setSignedBy(index);
    return signedBy;
  });
  const rule = new common.SignaturePolicy.NOutOf();
  rule.setN(n);
  rule.setRulesList(signers);
  const policy = new common.SignaturePolicy();
  policy.setNOutOf(rule);
  return policy;
}
