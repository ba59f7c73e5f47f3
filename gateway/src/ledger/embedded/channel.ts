// The embedded ledger's channel as this adapter uses it, and its errors in the port's terms.
import type { EmbeddedErrorCode } from '@wattlock/embedded';
import { isCoded, type Kind } from '../../errors';
import { LedgerError, type LedgerErrorCode } from '..';

/** What of an EmbeddedChannel is used. */
export interface Channel {
  endorse(mspId: string, signedProposal: Uint8Array): Promise<Uint8Array>;
  broadcast(envelope: Uint8Array): Promise<void>;
  height(): number;
  blocks(from: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  transaction(transactionId: string): { readonly code: number; readonly blockNumber: number } | undefined;
}

/** Each code of the embedded ledger in the port's terms. */
const CODES: Readonly<Record<EmbeddedErrorCode, LedgerErrorCode>> = {
  EMBEDDED_IN_USE: 'PLATFORM_DOWN',
  EMBEDDED_SCHEMA: 'LEDGER_VERSION',
  EMBEDDED_CORRUPT: 'LEDGER_DAMAGED',
  EMBEDDED_CONFIG: 'LEDGER_DIFFERS',
  EMBEDDED_CHANNEL_UNKNOWN: 'REQUEST_REFUSED',
  EMBEDDED_MEMBER_UNKNOWN: 'REQUEST_REFUSED',
  EMBEDDED_ENDORSER_UNAVAILABLE: 'ENDORSER_UNAVAILABLE',
  EMBEDDED_ORDERER_UNAVAILABLE: 'PLATFORM_DOWN',
  EMBEDDED_BAD_REQUEST: 'REQUEST_REFUSED',
  EMBEDDED_FORBIDDEN: 'REQUEST_REFUSED',
  EMBEDDED_HALTED: 'PLATFORM_DOWN',
  EMBEDDED_CLOSED: 'PLATFORM_DOWN',
};

/** What goes before the code: a channel that halts on a full disk needs space, whatever halted. */
const TROUBLES: Readonly<Partial<Record<Kind, LedgerErrorCode>>> = {
  busy: 'PLATFORM_DOWN',
  damaged: 'LEDGER_DAMAGED',
  readonly: 'LEDGER_READONLY',
  space: 'LEDGER_FULL',
};

/** An error of the embedded ledger or its file as the port's; what has no code is a refusal of the request. */
export function toLedgerError(error: unknown, transactionId?: string): LedgerError {
  if (error instanceof LedgerError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const facts = transactionId === undefined ? { cause: error } : { cause: error, transactionId };
  return new LedgerError(codeOf(error), message, facts);
}

function codeOf(error: unknown): LedgerErrorCode {
  if (!isCoded(error)) return 'REQUEST_REFUSED';
  return TROUBLES[error.kind] ?? (isEmbeddedCode(error.code) ? CODES[error.code] : 'LEDGER_UNREADABLE');
}

const isEmbeddedCode = (code: string): code is EmbeddedErrorCode => Object.hasOwn(CODES, code);
