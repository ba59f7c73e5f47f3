// What a malicious party can do: every contract call it can form from what it knows, with any timestamp an honest peer
// lets pass, endorsed by its own peer whatever that says, sent at once or held back and sent at any later time.
import { CLAIMANT, LEGS, otherLeg, REGISTRANT, type Agreement, type EpochMs, type Leg } from '@wattlock/core';
import { VALIDATION } from '@wattlock/embedded';
import { orderedLabel, type Acts, type Move } from './acts';
import { factsOf } from './facts';
import { forgeriesOf } from './forgery';
import type { ContractCall } from './contract-call';
import { maliciousParties } from './scenario';
import {
  blindClaimCall,
  cancelCall,
  cancelSignature,
  claimCall,
  lockCall,
  receiptCall,
  splitLotCall,
  standingCall,
  useCall,
  withdrawCall,
} from './requests';
import { MARGIN, otherParty, SKEW, START, type Deal, type PartyRole } from './setting';
import { fact, isStale, type Envelope, type World } from './world';

/** As far behind an accurate clock as contracts let pass. */
const BEHIND = 0 - SKEW;

/** A call it may try. */
interface Attempt {
  readonly deal: Deal;
  readonly call: ContractCall;
  /** Timestamps worth trying beside the true time. */
  readonly timestamps: readonly number[];
  /** Whether holding its endorsements back can gain anything: what can be endorsed later as well need not be held. */
  readonly isHeld?: boolean;
  readonly discloses?: boolean;
  /** Facts it must know. */
  readonly needs?: readonly string[];
  /** In which worlds it is of use. */
  readonly when?: (world: World) => boolean;
}

export class Adversary {
  readonly #attempts: readonly Attempt[];

  constructor(
    private readonly acts: Acts,
    private readonly party: PartyRole,
  ) {
    this.#attempts = acts.scenario.deals.flatMap((deal) => [
      ...this.#locksAndClaims(deal),
      ...this.#closings(deal),
      ...this.#uses(deal),
    ]);
  }

  async movesOf(world: World): Promise<readonly Move[]> {
    const moves: Move[] = [];
    for (const attempt of this.#attempts) {
      if (attempt.needs?.every((each) => world.facts.has(each)) === false) continue;
      if (attempt.when?.(world) === false) continue;
      const envelope = await this.#endorse(world, attempt);
      if (envelope === undefined) continue;
      this.#order(world, envelope, moves);
      if (attempt.isHeld === true) this.#hold(world, envelope, moves);
    }
    for (const envelope of world.held) {
      if (envelope.call.by === this.party) this.#order(world, envelope, moves);
    }
    for (const envelope of forgeriesOf(this.acts.scenario, world, this.party)) {
      this.#order(world, envelope, moves);
    }
    return moves;
  }

  #order(world: World, envelope: Envelope, moves: Move[]): void {
    const { world: after, code, violation } = this.acts.order(world, envelope);
    // An invalid transaction of its own changes nothing but what it tells, and it need not tell.
    if (code !== VALIDATION.VALID) return;
    moves.push({ label: orderedLabel(envelope, code), world: after, ...(violation && { violation }) });
  }

  #hold(world: World, envelope: Envelope, moves: Move[]): void {
    const held = world.held.filter((each) => !isStale(world.states, each));
    if (
      held.length >= this.acts.scenario.powers.holds ||
      held.some((each) => each.call.name === envelope.call.name && each.leg === envelope.leg)
    )
      return;
    moves.push({
      label: `the ${this.party} has endorsed and holds back: ${envelope.call.name} on ${envelope.leg}`,
      world: { ...world, held: [...held, envelope] },
    });
  }

  /** With the timestamp that most honest peers accept. */
  async #endorse(
    world: World,
    { deal, call, timestamps, discloses = false }: Attempt,
  ): Promise<Envelope | undefined> {
    const asked = this.acts.peers();
    let best: Envelope | undefined;
    for (const timestamp of [this.acts.now(world), ...timestamps.map((each) => this.#near(world, each))]) {
      const envelope = await this.acts.endorse(world, {
        deal,
        call,
        timestamp,
        asked,
        signs: maliciousParties(this.acts.scenario),
        discloses,
      });
      if (envelope === undefined) {
        if (this.acts.platform.refusesForGood(world.states[call.leg], call)) return best;
        continue;
      }
      const endorsers = envelope.transaction.endorsers.length;
      if (best === undefined || endorsers > best.transaction.endorsers.length) best = envelope;
      if (endorsers > asked.length) break;
    }
    return best;
  }

  /** Small numbers are meant relative to the true time. */
  #near(world: World, timestamp: number): number {
    return Math.abs(timestamp) <= RELATIVE ? this.acts.now(world) + timestamp : timestamp;
  }

  #locksAndClaims(deal: Deal): Attempt[] {
    const { party } = this;
    return LEGS.flatMap((leg): Attempt[] => {
      const early = [BEHIND, BEHIND - 1, deal.agreement[leg].deadline - 1];
      const needs = deal.holder === party ? [] : [fact.secretPublic(deal.secret.hex)];
      const claim = { deal, timestamps: early, isHeld: true, needs };
      const lock = { deal, timestamps: [BEHIND, SKEW], isHeld: true };
      return [
        ...(REGISTRANT[leg] === party
          ? [
              { ...lock, call: lockCall(leg, deal) },
              { ...lock, call: lockCall(leg, deal, party, hastened(leg, deal)) },
            ]
          : []),
        { ...claim, call: claimCall(leg, deal, party), discloses: true, isHeld: CLAIMANT[leg] === party },
        { deal, call: blindClaimCall(leg, deal, party), timestamps: early },
        ...(leg === 'power' ? [{ ...claim, call: standingCall(deal, party), discloses: true }] : []),
      ];
    });
  }

  #closings(deal: Deal): Attempt[] {
    const { party } = this;
    return LEGS.flatMap((leg): Attempt[] => {
      const late = [SKEW, SKEW + 1, deal.agreement[leg].deadline + deal.agreement.guardMs];
      return [
        { deal, call: withdrawCall(leg, deal, party), timestamps: late },
        this.#cancel(deal, leg, leg),
        this.#cancel(deal, leg, otherLeg(leg)),
        {
          deal,
          call: cancelCall(leg, deal, party, this.#signatures(deal, leg, undefined), ' alone'),
          timestamps: [],
        },
      ];
    });
  }

  /** Cancels a leg with the consent that the other gave for a leg, this one or not. */
  #cancel(deal: Deal, leg: Leg, given: Leg): Attempt {
    const says = given === leg ? '' : ' with the consent to the other leg';
    const call = cancelCall(leg, deal, this.party, this.#signatures(deal, leg, given), says);
    return { deal, call, timestamps: [], needs: [fact.consented(deal.name, given, otherParty(this.party))] };
  }

  #signatures(deal: Deal, leg: Leg, given: Leg | undefined): Readonly<Record<PartyRole, string>> {
    const own = cancelSignature(leg, deal, this.party);
    const other = otherParty(this.party);
    const theirs = given === undefined ? own : cancelSignature(given, deal, other);
    return { [this.party]: own, [other]: theirs } as Record<PartyRole, string>;
  }

  #uses(deal: Deal): Attempt[] {
    const receipt = { deal, call: receiptCall(deal, this.party), timestamps: [] };
    if (this.party === 'certifier') return this.acts.scenario.powers.lies ? [receipt] : [];
    const isForged = ({ states }: World): boolean => {
      const lock = factsOf('certificate', states.certificate).locks.get(deal.swapId);
      return lock?.state === 'EXECUTED' && !lock.isTaken;
    };
    const colluding = { ...receipt, call: receiptCall(deal, 'auditor'), when: isForged };
    return [
      receipt,
      ...(this.acts.scenario.powers.colludes ? [colluding] : []),
      ...this.acts.scenario.powers.uses.map((use) => ({ deal, call: useCall(use, deal), timestamps: [] })),
      { deal, call: splitLotCall(deal, 2n), timestamps: [] },
      { deal, call: splitLotCall(deal, 1n), timestamps: [] },
    ];
  }
}

/** The agreement with the deadline of a leg as near as the channel lets it be. */
function hastened(leg: Leg, { agreement }: Deal): Agreement {
  return { ...agreement, [leg]: { ...agreement[leg], deadline: (START + MARGIN) as EpochMs } };
}

/** Timestamps up to here are differences; real ones are counted from 1970. */
const RELATIVE = 60 * 60 * 1000;
