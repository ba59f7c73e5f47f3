// Waiting for the auditor's peer: what the parties' peers have committed is in its blocks a moment later, and an audit
// that does not wait would miss the end of what it was asked about.
import { waitUntil } from '@wattlock/concurrency';
import { LEGS } from '@wattlock/core';
import { LedgerError } from '../ledger';
import type { Platform } from '../platform';

const PARTIES = ['certifier', 'generator'] as const;
const PATIENCE = { withinMs: 10_000, everyMs: 10 } as const;

/** Resolves when the auditor's peer has every block that the parties' peers have. @throws LedgerError PLATFORM_DOWN */
export async function awaitAuditor(platform: Platform): Promise<void> {
  const auditor = platform.as('auditor');
  await Promise.all(
    LEGS.map(async (leg) => {
      const heights = await Promise.all(PARTIES.map((role) => platform.as(role)[leg].height()));
      const wanted = Math.max(...heights);
      if (!(await waitUntil(async () => (await auditor[leg].height()) >= wanted, PATIENCE))) {
        throw new LedgerError('PLATFORM_DOWN', `The auditor's peer lacks blocks of channel ${leg}`);
      }
    }),
  );
}
