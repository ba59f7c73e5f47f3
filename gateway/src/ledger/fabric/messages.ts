// The gateway service's messages that this adapter makes and reads by itself, as bytes.
// Classes of the client's own copy of the protobuf package are never mixed with ours.
import {
  CommitStatusRequest,
  PreparedTransaction,
  ProposedTransaction,
  SignedCommitStatusRequest,
} from '@hyperledger/fabric-protos/lib/gateway/gateway_pb';
import { BlockchainInfo } from '@hyperledger/fabric-protos/lib/common/ledger_pb';
import type { MspId } from '@wattlock/core';
import { signedProposalOf, type Client, type ClientProposal } from '../transactions';
import { Envelope } from '../protos';

/** gateway.ProposedTransaction of a signed proposal, for exactly the named organisations. */
export function proposedTransaction(proposal: ClientProposal, organisations: readonly MspId[]): Uint8Array {
  const proposed = new ProposedTransaction();
  proposed.setTransactionId(proposal.transactionId);
  proposed.setProposal(signedProposalOf(proposal));
  proposed.setEndorsingOrganizationsList([...organisations]);
  return proposed.serializeBinary();
}

/** The payload that is to be signed in a gateway.PreparedTransaction. */
export function payloadOf(preparedTransaction: Uint8Array): Uint8Array {
  const envelope = PreparedTransaction.deserializeBinary(preparedTransaction).getEnvelope();
  if (envelope === undefined) throw new Error('The peer returned no transaction');
  return envelope.getPayload_asU8();
}

/** gateway.PreparedTransaction of a signed common.Envelope. */
export function preparedTransaction(transactionId: string, envelope: Uint8Array): Uint8Array {
  const prepared = new PreparedTransaction();
  prepared.setTransactionId(transactionId);
  prepared.setEnvelope(Envelope.deserializeBinary(envelope));
  return prepared.serializeBinary();
}

/** gateway.SignedCommitStatusRequest, not yet signed: the client does that. */
export function commitStatusRequest(client: Client, channel: string, transactionId: string): Uint8Array {
  const request = new CommitStatusRequest();
  request.setChannelId(channel);
  request.setTransactionId(transactionId);
  request.setIdentity(client.creator);
  const signed = new SignedCommitStatusRequest();
  signed.setRequest(request.serializeBinary());
  return signed.serializeBinary();
}

/** The number of blocks in a common.BlockchainInfo, which the system chaincode qscc answers with. */
export function heightOf(blockchainInfo: Uint8Array): number {
  return BlockchainInfo.deserializeBinary(blockchainInfo).getHeight();
}
