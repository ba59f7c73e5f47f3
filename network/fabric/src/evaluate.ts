// One question to a peer's gateway service, answered by the peer of a named organisation. Nothing is ordered.
import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { signMessage, type Identity } from '@wattlock/msp';
import { evaluateRequest, proposalBytes, serializedIdentity, signedProposalBytes } from '@wattlock/protos';
import { randomBytes } from 'node:crypto';

const EVALUATE = '/gateway.Gateway/Evaluate';

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
  readonly #client: Client;

  constructor(
    address: string,
    tlsCaPem: string,
    private readonly identity: Identity,
  ) {
    this.#client = new Client(address, credentials.createSsl(Buffer.from(tlsCaPem)));
  }

  /**
   * Asks whether the peer finds an organisation's peer for a chaincode, and the chaincode answers there.
   * @returns why not, or undefined when it does
   */
  refusal(target: Target): Promise<string | undefined> {
    const request = question(this.identity, target);
    const asItIs = (bytes: Buffer): Buffer => bytes;
    const options = { deadline: Date.now() + ANSWER_LIMIT_MS };
    return new Promise((resolve) => {
      this.#client.makeUnaryRequest(EVALUATE, asItIs, asItIs, request, options, (error) => {
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

function question(identity: Identity, { channel, chaincode, mspId }: Target): Buffer {
  const { transactionId, proposal } = proposalBytes({
    channel,
    chaincode,
    args: [QUESTION],
    timestamp: Date.now(),
    creator: serializedIdentity(identity.mspId, identity.certificatePem),
    nonce: randomBytes(24),
  });
  const signedProposal = signedProposalBytes(proposal, signMessage(identity, proposal));
  return Buffer.from(evaluateRequest({ channel, transactionId, signedProposal, organisations: [mspId] }));
}
