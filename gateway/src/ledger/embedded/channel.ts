// The embedded ledger's channel as this adapter uses it, and its errors in the port's terms.
import { LedgerError, type LedgerErrorCode } from '..';

/** What of an EmbeddedChannel is used. */
export interface Channel {
  endorse(mspId: string, signedProposal: Uint8Array): Promise<Uint8Array>;
  broadcast(envelope: Uint8Array): Promise<void>;
  height(): number;
  blocks(from: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  transaction(transactionId: string): { readonly code: number; readonly blockNumber: number } | undefined;
}

const CODES: Readonly<Record<string, LedgerErrorCode>> = {
  EMBEDDED_IN_USE: 'PLATFORM_DOWN',
  EMBEDDED_HALTED: 'PLATFORM_DOWN',
  EMBEDDED_CLOSED: 'PLATFORM_DOWN',
  EMBEDDED_CORRUPT: 'PLATFORM_DOWN',
  EMBEDDED_SCHEMA: 'PLATFORM_DOWN',
  EMBEDDED_CONFIG: 'PLATFORM_DOWN',
  EMBEDDED_ORDERER_UNAVAILABLE: 'PLATFORM_DOWN',
  EMBEDDED_ENDORSER_UNAVAILABLE: 'ENDORSER_UNAVAILABLE',
};

/** An error of the embedded ledger as the port's; what it does not know is a refusal of the request. */
export function toLedgerError(error: unknown, transactionId?: string): LedgerError {
  if (error instanceof LedgerError) return error;
  const { code, message } = error as { code?: string; message: string };
  const facts = transactionId === undefined ? { cause: error } : { cause: error, transactionId };
  return new LedgerError(CODES[code ?? ''] ?? 'REQUEST_REFUSED', message, facts);
}
