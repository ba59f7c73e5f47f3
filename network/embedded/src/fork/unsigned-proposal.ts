// A proposal as the chaincode stub wants it, without the client's signature: nobody checks one where nothing is sent.
// The stub wants messages of the shim's own version.
import { peer } from '@hyperledger/fabric-protos';
import { proposalBytes, type ProposalContent } from '@wattlock/protos';

export function unsignedProposal(content: ProposalContent): {
  readonly txId: string;
  readonly input: peer.ChaincodeInput;
  readonly signedProposal: peer.SignedProposal;
} {
  const { transactionId, proposal } = proposalBytes(content);
  const input = new peer.ChaincodeInput();
  input.setArgsList(content.args.map((arg) => Buffer.from(arg)));
  const signedProposal = new peer.SignedProposal();
  signedProposal.setProposalBytes(proposal);
  return { txId: transactionId, input, signedProposal };
}
