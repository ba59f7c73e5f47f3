// The course of a swap, seen from both legs: what stage it is in and what each party should do next.
// Pure: agents, the watchtower and the audit observe the two locks and ask here.
import { EMBODIMENTS, CLAIMANT, REGISTRANT, type Embodiment, type Party } from './embodiment';
import type { Agreement } from './agreement';
import { timeLockOf, type Lock } from './lock';
import { withdrawableFrom } from './timelock';
import type { EpochMs, Leg, Milliseconds } from './units';

/** Both legs as one observer sees them; a leg without a lock is absent. */
export interface Observation {
  readonly agreement: Agreement;
  readonly locks: Readonly<Partial<Record<Leg, Lock>>>;
  /** Safety margin that must remain before a disclosure or a lock. */
  readonly marginMs: Milliseconds;
  readonly now: EpochMs;
}

/** Where a swap stands. The last three are final; AT_RISK needs attention. */
export const SWAP_STAGES = [
  'proposed',
  'locking',
  'locked',
  'claiming',
  'at-risk',
  'completed',
  'withdrawn',
  'cancelled',
] as const;
export type SwapStage = (typeof SWAP_STAGES)[number];
export const FINAL_STAGES: ReadonlySet<SwapStage> = new Set(['completed', 'withdrawn', 'cancelled']);

/** What a party may usefully do now. `wait` names the instant after which to look again. */
export type Step =
  | { readonly do: 'lock' | 'claim' | 'withdraw'; readonly leg: Leg; readonly by: Party }
  | { readonly do: 'wait'; readonly until: EpochMs }
  | { readonly do: 'nothing' };

/** The stage, from the two locks alone. */
export function stageOf({ agreement, locks }: Pick<Observation, 'agreement' | 'locks'>): SwapStage {
  const { firstLock, secondLock } = EMBODIMENTS[agreement.embodiment];
  const first = locks[firstLock]?.state;
  const second = locks[secondLock]?.state;
  if (first === undefined && second === undefined) return 'proposed';
  const states = [first, second];
  if (first === 'EXECUTED' && second === 'EXECUTED') return 'completed';
  if (states.includes('EXECUTED')) return states.includes('OPEN') ? 'claiming' : 'at-risk';
  if (states.includes('OPEN')) return first === 'OPEN' && second === 'OPEN' ? 'locked' : 'locking';
  return states.includes('WITHDRAWN') ? 'withdrawn' : 'cancelled';
}

/**
 * The next step of a swap that nobody cancels, by whichever party it is.
 * Locks and the disclosure are not begun when less than the margin remains: then it is safer to wait and withdraw.
 */
export function nextStep(observation: Observation): Step {
  const row = EMBODIMENTS[observation.agreement.embodiment];
  const stage = stageOf(observation);
  if (FINAL_STAGES.has(stage)) return { do: 'nothing' };
  return (
    claimStep(observation, row, stage) ??
    withdrawStep(observation) ??
    lockStep(observation, row) ??
    waitStep(observation)
  );
}

function remaining({ agreement, now }: Observation, leg: Leg): number {
  return agreement[leg].deadline - now;
}

/** Claims follow the order of the table; after the disclosure the other claim needs only its own deadline. */
function claimStep(observation: Observation, row: Embodiment, stage: SwapStage): Step | undefined {
  const { locks } = observation;
  if (stage === 'locked') {
    const inTime = remaining(observation, row.secondLock) >= observation.marginMs;
    return inTime ? { do: 'claim', leg: row.secondLock, by: CLAIMANT[row.secondLock] } : undefined;
  }
  const open = locks[row.firstLock];
  const disclosed = locks[row.secondLock]?.state === 'EXECUTED' && open?.state === 'OPEN';
  if (!disclosed || remaining(observation, row.firstLock) <= 0) return undefined;
  return { do: 'claim', leg: row.firstLock, by: CLAIMANT[row.firstLock] };
}

function withdrawStep({ locks, now }: Observation): Step | undefined {
  for (const leg of ['power', 'certificate'] as const) {
    const lock = locks[leg];
    if (lock?.state === 'OPEN' && now >= withdrawableFrom(timeLockOf(lock))) {
      return { do: 'withdraw', leg, by: REGISTRANT[leg] };
    }
  }
  return undefined;
}

function lockStep(observation: Observation, row: Embodiment): Step | undefined {
  const { locks } = observation;
  const leg = locks[row.firstLock] === undefined ? row.firstLock : row.secondLock;
  const ready =
    leg === row.firstLock ? locks[row.secondLock] === undefined : locks[row.firstLock]?.state === 'OPEN';
  if (!ready || locks[leg] !== undefined || remaining(observation, leg) < observation.marginMs)
    return undefined;
  return { do: 'lock', leg, by: REGISTRANT[leg] };
}

function waitStep({ locks }: Observation): Step {
  const open = [locks.power, locks.certificate].filter((lock) => lock?.state === 'OPEN');
  const instants = open.map((lock) => withdrawableFrom(timeLockOf(lock as Lock)));
  return instants.length === 0 ? { do: 'nothing' } : { do: 'wait', until: Math.min(...instants) as EpochMs };
}
