// Proposals as Fabric's clients make them. Every ledger takes the same bytes, and clients sign them as they are.
// Source: fabric-protos, common/common.proto, msp/identities.proto, peer/proposal.proto, peer/chaincode.proto.
import { createHash } from 'node:crypto';
import { message, type Field } from './message';

/** What a proposal says. */
export interface ProposalContent {
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly (string | Uint8Array)[];
  readonly transient?: Readonly<Record<string, Uint8Array>> | undefined;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** The client's {@link serializedIdentity}. */
  readonly creator: Uint8Array;
  /** Random, 24 bytes as Fabric's clients take them: with the creator it makes the transaction's id. */
  readonly nonce: Uint8Array;
}

/** A proposal, with the parts that the transaction made from it repeats. */
export interface ProposalBytes {
  /** Lower-case hex. */
  readonly transactionId: string;
  /** common.ChannelHeader */
  readonly channelHeader: Uint8Array;
  /** common.SignatureHeader */
  readonly signatureHeader: Uint8Array;
  /** peer.ChaincodeProposalPayload without transient data: the form that is ordered. */
  readonly payload: Uint8Array;
  /** peer.Proposal: what the client signs. */
  readonly proposal: Uint8Array;
}

const ENDORSER_TRANSACTION = 3;
const NODE = 2;

export function proposalBytes(content: ProposalContent): ProposalBytes {
  const { creator, nonce, transient = {} } = content;
  const transactionId = transactionIdOf(nonce, creator);
  const channelHeader = channelHeaderBytes(content, transactionId);
  const signatureHeader = message([1, creator], [2, nonce]);
  const invocation = invocationBytes(content);
  const payload = message([1, invocation]);
  const whole = message([1, invocation], ...transientFields(transient));
  const proposal = message([1, message([1, channelHeader], [2, signatureHeader])], [2, whole]);
  return { transactionId, channelHeader, signatureHeader, payload, proposal };
}

/** msp.SerializedIdentity: who the client is, as it stands in every header. */
export function serializedIdentity(mspId: string, certificatePem: string): Uint8Array {
  return message([1, mspId], [2, Buffer.from(certificatePem)]);
}

/** SHA-256(nonce ‖ creator), lower-case hex. */
export function transactionIdOf(nonce: Uint8Array, creator: Uint8Array): string {
  return createHash('sha256').update(nonce).update(creator).digest('hex');
}

/** peer.SignedProposal */
export function signedProposalBytes(proposal: Uint8Array, signature: Uint8Array): Uint8Array {
  return message([1, proposal], [2, signature]);
}

function channelHeaderBytes(
  { channel, chaincode, timestamp }: ProposalContent,
  transactionId: string,
): Uint8Array {
  const milliseconds = ((timestamp % 1000) + 1000) % 1000;
  const time = message([1, Math.floor(timestamp / 1000)], [2, milliseconds * 1_000_000]);
  const extension = message([2, chaincodeId(chaincode)]);
  return message([1, ENDORSER_TRANSACTION], [3, time], [4, channel], [5, transactionId], [7, extension]);
}

/** peer.ChaincodeInvocationSpec */
function invocationBytes({ chaincode, args }: ProposalContent): Uint8Array {
  const input = message(...args.map((arg): Field => [1, typeof arg === 'string' ? Buffer.from(arg) : arg]));
  return message([1, message([1, NODE], [2, chaincodeId(chaincode)], [3, input])]);
}

/** Entries of the transient map, in one order for all. */
function transientFields(values: Readonly<Record<string, Uint8Array>>): Field[] {
  const names = Object.keys(values).sort();
  return names.map((name) => [2, message([1, name], [2, values[name] ?? new Uint8Array()])]);
}

/** peer.ChaincodeID */
const chaincodeId = (name: string): Uint8Array => message([2, name]);
