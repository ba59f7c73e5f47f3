// What lies ahead of a swap, in words: who does what next, by when, and with which command.
import type { Leg, Party, SwapStage } from '@wattlock/core';
import type { NextStep, Outlook } from '../swap';
import type { View } from './view';

/** What a party does on a leg. */
const DEEDS = {
  lock: { power: 'lock the lots', certificate: 'lock the certificate' },
  claim: { power: 'destroy the lots', certificate: 'take the certificate' },
  withdraw: { power: 'take the lots back', certificate: 'take the certificate back' },
} as const satisfies Record<string, Readonly<Record<Leg, string>>>;

/** What a step is, without who takes it and when. */
export function deedOf(next: NextStep): string {
  return next.do === 'wait' || next.do === 'nothing' ? next.do : DEEDS[next.do][next.leg];
}

/** Who takes a step; nobody while one waits. */
export function actorOf(next: NextStep): Party | undefined {
  return next.do === 'wait' || next.do === 'nothing' ? undefined : next.by;
}

/** The command that takes a step. */
export function commandOf(next: NextStep, stage: SwapStage): string | undefined {
  if (next.do === 'wait' || next.do === 'nothing') return undefined;
  if (next.do === 'withdraw') return 'swap withdraw';
  return stage === 'at-risk' ? 'swap finish' : 'swap resume';
}

/** One line: who does what, by when, and the command for it. */
export function nextLine(next: NextStep, stage: SwapStage, view: View): string {
  switch (next.do) {
    case 'nothing':
      return NOTHING[stage] ?? 'nothing: it has ended';
    case 'wait':
      return `wait until ${at(next.from, view)}, then withdraw`;
    case 'withdraw':
      return `${next.by}: ${deedOf(next)}, which is due: wattlock ${String(commandOf(next, stage))}`;
    case 'lock':
    case 'claim': {
      const by = next.until === undefined ? '' : `, by ${at(next.until, view)}`;
      return `${next.by}: ${deedOf(next)}${by}: wattlock ${String(commandOf(next, stage))}`;
    }
  }
}

/** Where nothing can be done although it has not ended well. */
const NOTHING: Readonly<Partial<Record<SwapStage, string>>> = {
  'at-risk': 'nothing: the lots came free again, so the certificate can never be used; see audit reconcile',
  uncertified:
    'nothing: the lots are destroyed and the certificate was not taken in time; see audit reconcile',
};

/** Until when a leg can be claimed, and from when it can be withdrawn. */
export function timesLine({ deadline, withdrawableFrom }: Outlook['times'][Leg], view: View): string {
  return `claim before ${at(deadline, view)}; withdraw from ${view.time(withdrawableFrom)}`;
}

const at = (instant: number, view: View): string => `${view.time(instant)} (${view.distance(instant)})`;
