// Who takes part in a swap, as the coordinator sees it: both parties' ledgers, signers and seeds, and what time it is.
import type { MspId, Parameters, Party } from '@wattlock/core';
import type { Clock } from '../clock';
import type { Entropy } from '../entropy';
import type { AccountSigner, KeyError } from '../identity';
import type { Ledgers } from '../ledger';
import type { Telemetry } from '../telemetry';
import type { StockRoom } from './stock';

/** What signs for an account; the private key stays inside. */
export type PartySigner = Pick<AccountSigner, 'id' | 'sign'>;

/** One party: its account, its view of both channels, and the seed its secrets come from. */
export interface SwapParty {
  readonly account: PartySigner;
  readonly ledgers: Ledgers;
  /** 32 bytes, sealed at rest; see `secret.ts`. */
  readonly seed: Uint8Array;
}

/** Everything a coordinator needs to drive swaps. */
export interface SwapContext {
  readonly parties: Readonly<Record<Party, SwapParty>>;
  /** The auditor's organisation, which endorses claims in place of the counterparty; null without an auditor. */
  readonly auditor: MspId | null;
  readonly parameters: Parameters;
  /** The first parameter in which the two channels differ; nothing is locked then, for the margins may not hold. */
  readonly differing?: string;
  /** That a channel knows an account with another key than the one here; nothing is locked or claimed then. */
  readonly unfitKey?: KeyError;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly telemetry: Telemetry;
  /** Where swaps of this process take pre-issued certificates from. */
  readonly stock: StockRoom;
}
