// Resuming interrupted swaps: the blocks alone tell which are open and how far they came.
import type { AgreedLock } from '@wattlock/core';
import { mapConcurrent } from '../concurrency';
import { attempt, part, type FailedSwap } from './attempt';
import { confirmCourses, confirmLeftOver, unconfirmed } from './confirm';
import { drive, observe } from './course';
import { OpenSwaps } from './open-swaps';
import type { SwapContext } from './party';
import type { Proposal } from './propose';
import { summarise, type SwapSummary } from './summary';

const IN_FLIGHT = 16;

export interface ResumeReport {
  readonly swaps: readonly SwapSummary[];
  readonly failed: readonly FailedSwap[];
}

/**
 * Drives every swap of the context's parties with an open lock on either channel as far as it can go now, and posts
 * missing burn receipts.
 * A swap whose time locks have not run out and that cannot proceed is left as it is.
 * @param swaps what was read of the blocks before; resuming for several generators reads them once.
 */
export async function resumeSwaps(
  context: SwapContext,
  swaps: OpenSwaps = new OpenSwaps(),
): Promise<ResumeReport> {
  const proposals = await openProposals(context, swaps);
  const outcomes = await mapConcurrent(proposals, IN_FLIGHT, (proposal) =>
    attempt(
      async () => drive(context, await observe(context, proposal), { doNotWait: true }),
      proposal.swapId,
    ),
  );
  const { courses, failed } = part(outcomes);
  const { certifier, generator } = context.parties;
  const { power, certificate } = certifier.ledgers;
  const refused = await confirmCourses(certificate, courses);
  // The peers of those who claimed last have all that was claimed.
  await swaps.catchUp({ power, certificate: generator.ledgers.certificate });
  const leftOver = await confirmLeftOver(certificate, generator.ledgers.power.mspId, swaps);
  return { swaps: courses.map(summarise), failed: [...failed, ...unconfirmed(refused, leftOver)] };
}

async function openProposals({ parties }: SwapContext, swaps: OpenSwaps): Promise<readonly Proposal[]> {
  const { power } = parties.generator.ledgers;
  const { certificate } = parties.certifier.ledgers;
  await swaps.catchUp({ power, certificate });
  const locks = [...swaps.openLocks('power'), ...swaps.openLocks('certificate')];
  const own = locks.filter(
    ({ agreement: { generator, certifier } }) =>
      generator === parties.generator.account.id && certifier === parties.certifier.account.id,
  );
  const byId = new Map<string, AgreedLock>(own.map((lock) => [lock.swapId, lock]));
  return [...byId.values()].map(({ swapId, agreement }) => ({ swapId, agreement }));
}
