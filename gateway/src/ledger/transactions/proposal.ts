// Builds and signs proposals as Fabric's clients do; both ledgers take the same bytes.
// The client's creator bytes and each chaincode's header are made once: this runs for every transaction.
import { createHash } from 'node:crypto';
import type { EpochMs, MspId } from '@wattlock/core';
import {
  ChaincodeHeaderExtension,
  ChaincodeID,
  ChaincodeInput,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ChaincodeSpec,
  ChannelHeader,
  Header,
  HeaderType,
  Proposal,
  SerializedIdentity,
  SignatureHeader,
  SignedProposal,
} from '../protos';
import { newSigner, type Signer } from '../../identity';

/** Who proposes: an organisation's client identity. */
export interface Client {
  readonly mspId: MspId;
  /** The identity as it stands in every header. */
  readonly creator: Uint8Array;
  readonly sign: Signer;
}

/** What is proposed. */
export interface ProposalInput {
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly (string | Uint8Array)[];
  readonly transient?: Readonly<Record<string, Uint8Array>> | undefined;
  readonly timestamp: EpochMs;
  /** Fresh for each: the transaction's id is made from it. */
  readonly nonce: Uint8Array;
}

/** Bytes of a nonce, as Fabric's own clients take them. */
export const NONCE_BYTES = 24;

/** A signed proposal, with the parts that the transaction made from it will repeat. */
export interface ClientProposal {
  readonly transactionId: string;
  readonly channelHeader: Uint8Array;
  readonly signatureHeader: Uint8Array;
  /** The invocation without transient data: the form that is ordered. */
  readonly payload: Uint8Array;
  readonly proposal: Uint8Array;
  readonly signature: Uint8Array;
}

/** The client of an identity: its certificate and private key, both PEM. */
export function newClient(identity: {
  readonly mspId: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}): Client {
  const serialized = new SerializedIdentity();
  serialized.setMspid(identity.mspId);
  serialized.setIdBytes(Buffer.from(identity.certificatePem));
  return {
    mspId: identity.mspId as MspId,
    creator: serialized.serializeBinary(),
    sign: newSigner(identity.privateKeyPem),
  };
}

/** Builds a proposal and signs it. The transaction id is SHA-256(nonce ‖ creator), hex. */
export async function newProposal(client: Client, input: ProposalInput): Promise<ClientProposal> {
  const { nonce } = input;
  const transactionId = createHash('sha256').update(nonce).update(client.creator).digest('hex');
  const channelHeader = channelHeaderBytes(input, transactionId);
  const signatureHeader = signatureHeaderBytes(client.creator, nonce);
  const invocation = invocationBytes(input);
  const payload = payloadBytes(invocation);

  const header = new Header();
  header.setChannelHeader(channelHeader);
  header.setSignatureHeader(signatureHeader);
  const message = new Proposal();
  message.setHeader(header.serializeBinary());
  message.setPayload(
    input.transient === undefined ? payload : payloadBytes(invocation, Object.entries(input.transient)),
  );
  const proposal = message.serializeBinary();
  const signature = await client.sign(proposal);
  return { transactionId, channelHeader, signatureHeader, payload, proposal, signature };
}

/** The peer.SignedProposal message of a proposal. */
export function signedProposalOf(proposal: ClientProposal): SignedProposal {
  const signed = new SignedProposal();
  signed.setProposalBytes(proposal.proposal);
  signed.setSignature(proposal.signature);
  return signed;
}

/** The part of protobuf's Timestamp that is used; its class is not among the packages this one depends on. */
export interface TimestampMessage {
  getSeconds(): number;
  getNanos(): number;
  setSeconds(seconds: number): void;
  setNanos(nanos: number): void;
}

/** A channel header whose timestamp is present and zero: field 3 with length 0. */
const WITH_TIMESTAMP = Uint8Array.of((3 << 3) | 2, 0);

function channelHeaderBytes({ channel, chaincode, timestamp }: ProposalInput, id: string): Uint8Array {
  const header = ChannelHeader.deserializeBinary(WITH_TIMESTAMP);
  const time = header.getTimestamp() as TimestampMessage;
  time.setSeconds(Math.floor(timestamp / 1000));
  time.setNanos((((timestamp % 1000) + 1000) % 1000) * 1_000_000);
  header.setType(HeaderType.ENDORSER_TRANSACTION);
  header.setTxId(id);
  header.setChannelId(channel);
  header.setExtension$(extensionBytes(chaincode));
  return header.serializeBinary();
}

const extensions = new Map<string, Uint8Array>();

function extensionBytes(chaincode: string): Uint8Array {
  const known = extensions.get(chaincode);
  if (known !== undefined) return known;
  const extension = new ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId(chaincode));
  const bytes = extension.serializeBinary();
  extensions.set(chaincode, bytes);
  return bytes;
}

function signatureHeaderBytes(creator: Uint8Array, nonce: Uint8Array): Uint8Array {
  const header = new SignatureHeader();
  header.setCreator(creator);
  header.setNonce(nonce);
  return header.serializeBinary();
}

function invocationBytes({ chaincode, args }: ProposalInput): Uint8Array {
  const input = new ChaincodeInput();
  input.setArgsList(args.map((arg) => (typeof arg === 'string' ? Buffer.from(arg, 'utf8') : arg)));
  const spec = new ChaincodeSpec();
  spec.setType(ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(chaincodeId(chaincode));
  spec.setInput(input);
  const invocation = new ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  return invocation.serializeBinary();
}

function payloadBytes(
  invocation: Uint8Array,
  transient: readonly (readonly [string, Uint8Array])[] = [],
): Uint8Array {
  const payload = new ChaincodeProposalPayload();
  payload.setInput(invocation);
  const map = payload.getTransientmapMap() as { set(name: string, value: Uint8Array): unknown };
  for (const [name, value] of transient) map.set(name, value);
  return payload.serializeBinary();
}

function chaincodeId(name: string): ChaincodeID {
  const id = new ChaincodeID();
  id.setName(name);
  return id;
}
