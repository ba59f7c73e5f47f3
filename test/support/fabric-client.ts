// A Fabric client reduced to what ledger tests need: it builds and signs proposals and envelopes, right or wrong.
// It shares no code with the ledger under test, nor with the gateway.
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import type { Identity } from '@wattlock/msp';

/** What to propose; the defaults make a good proposal. */
export interface ProposalRequest {
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly string[];
  readonly transient?: Readonly<Record<string, Uint8Array>>;
  readonly txId?: string;
  /** Milliseconds since 1970. */
  readonly timestamp?: number;
}

export interface BuiltProposal {
  readonly txId: string;
  readonly header: common.Header;
  /** Without transient data, as the transaction repeats it. */
  readonly payload: Uint8Array;
  /** protos.SignedProposal */
  readonly signed: Uint8Array;
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** DER signature with a low s; or a high one, which Fabric refuses. */
export function signAs(identity: Identity, message: Uint8Array, s: 'low' | 'high' = 'low'): Buffer {
  const key = createPrivateKey(identity.privateKeyPem);
  const rs = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' });
  const [r, given] = [rs.subarray(0, 32), BigInt(`0x${rs.subarray(32).toString('hex')}`)];
  const [small, large] = given > ORDER - given ? [ORDER - given, given] : [given, ORDER - given];
  const body = Buffer.concat([
    derInteger(r.toString('hex')),
    derInteger((s === 'low' ? small : large).toString(16)),
  ]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

export function creatorOf(identity: Identity): Uint8Array {
  const serialized = new msp.SerializedIdentity();
  serialized.setMspid(identity.mspId);
  serialized.setIdBytes(Buffer.from(identity.certificatePem));
  return serialized.serializeBinary();
}

export function propose(identity: Identity, request: ProposalRequest): BuiltProposal {
  const creator = creatorOf(identity);
  const nonce = randomBytes(24);
  const txId = request.txId ?? createHash('sha256').update(nonce).update(creator).digest('hex');
  const header = headerOf(request, txId, creator, nonce);
  const payload = invocation(request.args);
  const full = peer.ChaincodeProposalPayload.deserializeBinary(payload);
  for (const [name, value] of Object.entries(request.transient ?? {}))
    full.getTransientmapMap().set(name, value);
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(full.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(signAs(identity, proposal.serializeBinary()));
  return { txId, header, payload, signed: signed.serializeBinary() };
}

/** A signed transaction. @param responses protos.ProposalResponse of the endorsers */
export function assemble(
  identity: Identity,
  proposal: BuiltProposal,
  responses: readonly peer.ProposalResponse[],
): Uint8Array {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(responses[0]?.getPayload_asU8() ?? new Uint8Array());
  endorsed.setEndorsementsList(
    responses.map((response) => response.getEndorsement()).filter((endorsement) => endorsement !== undefined),
  );
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposal.payload);
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(proposal.header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  return seal(identity, proposal.header, transaction.serializeBinary());
}

/** An envelope around anything. */
export function seal(identity: Identity, header: common.Header, data: Uint8Array): Uint8Array {
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(data);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(signAs(identity, payload.serializeBinary()));
  return envelope.serializeBinary();
}

function headerOf(
  request: ProposalRequest,
  txId: string,
  creator: Uint8Array,
  nonce: Uint8Array,
): common.Header {
  const now = request.timestamp ?? Date.now();
  const timestamp = new Timestamp();
  timestamp.setSeconds(Math.floor(now / 1000));
  timestamp.setNanos((now % 1000) * 1_000_000);
  const id = new peer.ChaincodeID();
  id.setName(request.chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(request.channel);
  channelHeader.setTxId(txId);
  channelHeader.setTimestamp(timestamp);
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header;
}

function invocation(args: readonly string[]): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setArgsList(args.map((arg) => Buffer.from(arg)));
  const spec = new peer.ChaincodeSpec();
  spec.setInput(input);
  const invocationSpec = new peer.ChaincodeInvocationSpec();
  invocationSpec.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocationSpec.serializeBinary());
  return payload.serializeBinary();
}

function derInteger(hex: string): Buffer {
  const digits = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const start = digits.findIndex((byte) => byte !== 0);
  const minimal = digits.subarray(Math.max(start, 0));
  const body = ((minimal[0] ?? 0) & 0x80) === 0 ? minimal : Buffer.concat([Buffer.of(0), minimal]);
  return Buffer.concat([Buffer.of(0x02, body.length), body]);
}
