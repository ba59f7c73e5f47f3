// A swap by its id or the beginning of it. A whole id is taken as it is, without a list.
import type { SwapId } from '@wattlock/core';
import type { CommandContext } from './context';
import { completeId, SHORTEST_PREFIX } from './ids';
import { required } from './parameter';

const WHOLE_ID = /^[0-9a-f]{64}$/;

/** The argument of commands about one swap. */
export const swapArgument = required(
  'SWAP',
  `its id, or the first ${SHORTEST_PREFIX} digits or more`,
  (text) => text.toLowerCase(),
);

/** @throws CliError ID_NOT_FOUND, ID_AMBIGUOUS */
export async function swapIdOf(context: CommandContext, text: string): Promise<SwapId> {
  if (WHOLE_ID.test(text)) return text as SwapId;
  const records = await context.records();
  return records.read((view) => completeId(view, 'swap', text)) as SwapId;
}
