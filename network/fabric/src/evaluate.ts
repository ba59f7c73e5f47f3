// One question to a peer's gateway service, answered by the peer of a named organisation. Nothing is ordered.
import { createHash, randomBytes } from 'node:crypto';
import { common, gateway, msp, peer } from '@hyperledger/fabric-protos';
import { credentials, status, type ServiceError } from '@grpc/grpc-js';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { signMessage, type Identity } from '@wattlock/msp';

/** Every contract built with fabric-contract-api has it, and it touches no key. */
const QUESTION = 'org.hyperledger.fabric:GetMetadata';
const ANSWER_LIMIT_MS = 5_000;
/** The gateway's words when the chaincode was reached and refused: an answer as well. */
const REFUSED_BY_CHAINCODE = /chaincode response \d+/;

export interface Target {
  readonly channel: string;
  readonly chaincode: string;
  readonly mspId: string;
}

/** A client of one peer's gateway service. */
export class GatewayProbe {
  readonly #client: gateway.GatewayClient;

  constructor(
    address: string,
    tlsCaPem: string,
    private readonly identity: Identity,
  ) {
    this.#client = new gateway.GatewayClient(address, credentials.createSsl(Buffer.from(tlsCaPem)));
  }

  /**
   * Asks whether the peer finds an organisation's peer for a chaincode, and the chaincode answers there.
   * @returns why not, or undefined when it does
   */
  refusal(target: Target): Promise<string | undefined> {
    const request = evaluateRequest(this.identity, target);
    return new Promise((resolve) => {
      this.#client.evaluate(request, { deadline: Date.now() + ANSWER_LIMIT_MS }, (error) => {
        resolve(error === null || REFUSED_BY_CHAINCODE.test(error.message) ? undefined : reasonOf(error));
      });
    });
  }

  close(): void {
    this.#client.close();
  }
}

/** What a gateway's status means here. Source: Fabric, internal/pkg/gateway/evaluate.go and apiutils.go. */
const REASONS: Readonly<Partial<Record<status, string>>> = {
  [status.UNAVAILABLE]: 'the gateway asked cannot be reached, or knows no peer that has the chaincode',
  [status.DEADLINE_EXCEEDED]: `the gateway asked did not answer within ${ANSWER_LIMIT_MS / 1000} s`,
  [status.FAILED_PRECONDITION]: 'the gateway asked knows no peer that has the chaincode',
  [status.ABORTED]: 'the chaincode could not be asked',
  [status.PERMISSION_DENIED]: 'the gateway asked does not accept the client',
  [status.UNAUTHENTICATED]: 'the gateway asked does not accept the client',
};

const reasonOf = ({ code }: ServiceError): string =>
  REASONS[code] ?? `the gateway asked answered ${status[code]}`;

function evaluateRequest(identity: Identity, { channel, chaincode, mspId }: Target): gateway.EvaluateRequest {
  const creator = new msp.SerializedIdentity();
  creator.setMspid(identity.mspId);
  creator.setIdBytes(Buffer.from(identity.certificatePem));
  const nonce = randomBytes(24);
  const transactionId = createHash('sha256').update(nonce).update(creator.serializeBinary()).digest('hex');

  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator.serializeBinary());
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader(channel, chaincode, transactionId).serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(invocation(chaincode).serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(signMessage(identity, proposal.serializeBinary()));

  const request = new gateway.EvaluateRequest();
  request.setTransactionId(transactionId);
  request.setChannelId(channel);
  request.setProposedTransaction(signed);
  request.setTargetOrganizationsList([mspId]);
  return request;
}

function channelHeader(channel: string, chaincode: string, transactionId: string): common.ChannelHeader {
  const now = Date.now();
  const timestamp = new Timestamp();
  timestamp.setSeconds(Math.floor(now / 1000));
  timestamp.setNanos((now % 1000) * 1_000_000);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId(chaincode));
  const header = new common.ChannelHeader();
  header.setType(common.HeaderType.ENDORSER_TRANSACTION);
  header.setChannelId(channel);
  header.setTxId(transactionId);
  header.setTimestamp(timestamp);
  header.setExtension$(extension.serializeBinary());
  return header;
}

function invocation(chaincode: string): peer.ChaincodeProposalPayload {
  const input = new peer.ChaincodeInput();
  input.setArgsList([Buffer.from(QUESTION)]);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(chaincodeId(chaincode));
  spec.setInput(input);
  const invocationSpec = new peer.ChaincodeInvocationSpec();
  invocationSpec.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocationSpec.serializeBinary());
  return payload;
}

function chaincodeId(name: string): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(name);
  return id;
}
