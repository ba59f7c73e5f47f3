// A question to a peer's gateway service. Source: fabric-protos, gateway/gateway.proto.
import { message, type Field } from './message';

export interface EvaluateContent {
  readonly channel: string;
  readonly transactionId: string;
  /** peer.SignedProposal */
  readonly signedProposal: Uint8Array;
  /** MSP ids of the organisations whose peers may answer. */
  readonly organisations: readonly string[];
}

/** gateway.EvaluateRequest */
export function evaluateRequest({
  channel,
  transactionId,
  signedProposal,
  organisations,
}: EvaluateContent): Uint8Array {
  const targets = organisations.map((mspId): Field => [4, mspId]);
  return message([1, transactionId], [2, channel], [3, signedProposal], ...targets);
}
