// A proposal as the chaincode stub wants it, without the client's signature: nobody checks one where nothing is sent.
import { common, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';

/** What a proposal says. */
export interface ProposalContent {
  readonly channel: string;
  readonly chaincode: string;
  readonly txId: string;
  /** Serialized identity of the client. */
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  readonly args: readonly string[];
  readonly transient?: Readonly<Record<string, Uint8Array>>;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

export function unsignedProposal(content: ProposalContent): {
  readonly input: peer.ChaincodeInput;
  readonly signedProposal: peer.SignedProposal;
} {
  const input = new peer.ChaincodeInput();
  input.setArgsList(content.args.map((arg) => Buffer.from(arg)));
  const proposal = new peer.Proposal();
  proposal.setHeader(headerOf(content).serializeBinary());
  proposal.setPayload(payloadOf(content, input).serializeBinary());
  const signedProposal = new peer.SignedProposal();
  signedProposal.setProposalBytes(proposal.serializeBinary());
  return { input, signedProposal };
}

function headerOf({ channel, txId, creator, nonce, timestamp }: ProposalContent): common.Header {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(channel);
  channelHeader.setTxId(txId);
  const time = new Timestamp();
  time.setSeconds(Math.floor(timestamp / 1000));
  time.setNanos((timestamp % 1000) * 1_000_000);
  channelHeader.setTimestamp(time);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header;
}

function payloadOf(
  { chaincode, transient = {} }: ProposalContent,
  input: peer.ChaincodeInput,
): peer.ChaincodeProposalPayload {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  for (const [name, value] of Object.entries(transient)) payload.getTransientmapMap().set(name, value);
  return payload;
}
