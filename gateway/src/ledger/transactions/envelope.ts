// From endorsements to the envelope that is ordered: checks that endorsers agree, assembles, signs.
import { Buffer } from 'node:buffer';
import type { JsonObject } from '@wattlock/core';
import { LedgerError } from '..';
import type { Client, ClientProposal } from './proposal';
import {
  ChaincodeActionPayload,
  ChaincodeEndorsedAction,
  Envelope,
  Header,
  Payload,
  Transaction,
  TransactionAction,
  type Endorsement,
  type ProposalResponse,
} from '../protos';

/** The signed common.Envelope of an endorsed proposal. @throws ENDORSEMENT_MISMATCH */
export async function newEnvelope(
  client: Client,
  proposal: ClientProposal,
  responses: readonly ProposalResponse[],
): Promise<Uint8Array> {
  const payload = payloadOf(
    proposal,
    checkAgree(proposal.transactionId, responses),
    endorsementsOf(responses),
  );
  return envelopeBytes(payload, await client.sign(payload));
}

/** A common.Envelope of a payload and the signature over it. */
export function envelopeBytes(payload: Uint8Array, signature: Uint8Array): Uint8Array {
  const envelope = new Envelope();
  envelope.setPayload(payload);
  envelope.setSignature(signature);
  return envelope.serializeBinary();
}

/** The result all endorsers signed. */
function checkAgree(transactionId: string, responses: readonly ProposalResponse[]): Uint8Array {
  const [first, ...others] = responses.map((response) => response.getPayload_asU8());
  if (first === undefined)
    throw new LedgerError('ENDORSER_UNAVAILABLE', 'Nobody endorsed', { transactionId });
  if (others.some((payload) => Buffer.compare(payload, first) !== 0)) {
    throw new LedgerError('ENDORSEMENT_MISMATCH', 'The endorsers do not agree on the result', {
      transactionId,
    });
  }
  return first;
}

function endorsementsOf(responses: readonly ProposalResponse[]): Endorsement[] {
  return responses
    .map((response) => response.getEndorsement())
    .filter((endorsement) => endorsement !== undefined);
}

function payloadOf(proposal: ClientProposal, result: Uint8Array, endorsements: Endorsement[]): Uint8Array {
  const endorsed = new ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(result);
  endorsed.setEndorsementsList(endorsements);
  const actionPayload = new ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposal.payload);
  actionPayload.setAction(endorsed);
  const action = new TransactionAction();
  action.setHeader(proposal.signatureHeader);
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new Transaction();
  transaction.setActionsList([action]);
  const header = new Header();
  header.setChannelHeader(proposal.channelHeader);
  header.setSignatureHeader(proposal.signatureHeader);
  const payload = new Payload();
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  return payload.serializeBinary();
}

/** A contract's answer as JSON; no answer is an empty object. */
export function parseResult(answer: Uint8Array | undefined): JsonObject {
  if (answer === undefined || answer.length === 0) return {};
  return JSON.parse(
    Buffer.from(answer.buffer, answer.byteOffset, answer.length).toString('utf8'),
  ) as JsonObject;
}
