// Resuming interrupted swaps: the ledgers alone tell which are open and how far they came.
import { readAgreedLock, type AgreedLock, type JsonObject } from '@wattlock/core';
import { mapConcurrent } from '../concurrency';
import { attempt, part, type FailedSwap } from './attempt';
import { confirmCourses, confirmLeftOver, summarise, unconfirmed, type SwapSummary } from './confirm';
import { drive, observe } from './course';
import type { SwapContext } from './party';
import type { Proposal } from './propose';

const IN_FLIGHT = 16;

export interface ResumeReport {
  readonly swaps: readonly SwapSummary[];
  readonly failed: readonly FailedSwap[];
}

/**
 * Drives every swap of the context's parties with an open lock on either channel as far as it can go now, and posts
 * missing burn receipts.
 * A swap whose time locks have not run out and that cannot proceed is left as it is.
 */
export async function resumeSwaps(context: SwapContext): Promise<ResumeReport> {
  const proposals = await openProposals(context);
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
  const seen = { power, certificate: generator.ledgers.certificate };
  const leftOver = await confirmLeftOver({ certificate }, generator.ledgers.power.mspId, seen);
  return { swaps: courses.map(summarise), failed: [...failed, ...unconfirmed(refused, leftOver)] };
}

async function openProposals({ parties }: SwapContext): Promise<readonly Proposal[]> {
  const lists = await Promise.all([
    parties.generator.ledgers.power.evaluate('ListLocks', { state: 'OPEN' }),
    parties.certifier.ledgers.certificate.evaluate('ListLocks', { state: 'OPEN' }),
  ]);
  const locks = lists.flatMap(({ locks: stored }) => (stored as readonly JsonObject[]).map(readAgreedLock));
  const own = locks.filter(
    ({ agreement: { generator, certifier } }) =>
      generator === parties.generator.account.id && certifier === parties.certifier.account.id,
  );
  const byId = new Map<string, AgreedLock>(own.map((lock) => [lock.swapId, lock]));
  return [...byId.values()].map(({ swapId, agreement }) => ({ swapId, agreement }));
}
