// A swap by its id or the beginning of it. A whole id is taken as it is, without a list.
import type { SwapId } from '@wattlock/core';
import type { Ledgers } from '../ledger';
import { required } from './parameter';
import { completeId, SHORTEST_PREFIX } from './records';
import { listSwaps } from './swaps';

const WHOLE_ID = /^[0-9a-f]{64}$/;

/** The argument of commands about one swap. */
export const swapArgument = required(
  'SWAP',
  `its id, or the first ${SHORTEST_PREFIX} digits or more`,
  (text) => text.toLowerCase(),
);

/** @throws CliError ID_NOT_FOUND, ID_AMBIGUOUS */
export async function swapIdOf(ledgers: Ledgers, text: string): Promise<SwapId> {
  if (WHOLE_ID.test(text)) return text as SwapId;
  const { swaps, forged } = await listSwaps(ledgers);
  const ids = [...swaps, ...forged].map(({ id }) => id);
  return completeId(text, ids, 'swap') as SwapId;
}
