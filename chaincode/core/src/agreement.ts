// The agreement of a swap: everything both legs must know, in one canonical document whose hash is the swap's id.
// Both locks store it whole, so whoever reads one leg can check the other.
import { canonicalJson, type JsonObject } from './canonical';
import { sha256Hex } from './digest';
import { ascending, integer, list, oneOf, readDocument, refined, writeDocument, type Read } from './document';
import { EMBODIMENT_NUMBERS, EMBODIMENTS, FORMS, type Embodiment } from './embodiment';
import { energyField, formatWh, sumWh } from './energy';
import { fail } from './errors';
import {
  accountIdField,
  durationField,
  hashLockField,
  instantField,
  lotIdField,
  nameField,
  nonceField,
} from './fields';
import { BURN_FORMS, BURNS, ISSUANCE_FORMS } from './forms';
import type { Parameters } from './parameters';
import { record } from './record';
import { checkMargin } from './timelock';
import type { EpochMs, Leg, Milliseconds, SwapId } from './units';
import { valueTypesField } from './value';

const leg = record({ channel: nameField, chaincode: nameField, deadline: instantField });

/** Lots with their energies, as agreements and certificates name them. */
export const namedLotsField = ascending(
  list(record({ id: lotIdField, energyWh: energyField }), 1, 1000),
  (lot) => lot.id,
);

/** The form of an agreement, whatever it says; {@link agreementFormat} also checks the rules. */
export const agreementForm = record({
  v: integer<1>(1, 1),
  embodiment: oneOf(EMBODIMENT_NUMBERS),
  generator: accountIdField,
  certifier: accountIdField,
  lots: namedLotsField,
  energyWh: energyField,
  valueTypes: valueTypesField,
  hashLock: hashLockField,
  power: leg,
  certificate: leg,
  guardMs: durationField,
  issuanceForm: oneOf(ISSUANCE_FORMS),
  burnForm: oneOf(BURN_FORMS),
  nonce: nonceField,
});

export type Agreement = Read<typeof agreementForm>;

/** A lot as an agreement names it. */
export type AgreedLot = Agreement['lots'][number];

/** The row of the embodiment table that an agreement follows. */
export function embodimentOf(agreement: Agreement): Embodiment {
  return EMBODIMENTS[agreement.embodiment];
}

/**
 * An agreement that keeps what holds for every one of them: its lots have energy and sum to the total, its burn form is
 * one of its embodiment's form, and the leg locked first ends later than the other by more than the guard.
 * Reading another is refused with BAD_FIELD, BAD_ENERGY, LOT_EMPTY, BAD_AGREEMENT.
 */
export const agreementFormat = refined(agreementForm, checkRules);

/** Reads an agreement. @throws BAD_FIELD, BAD_ENERGY, LOT_EMPTY, BAD_AGREEMENT */
export function readAgreement(document: JsonObject): Agreement {
  return readDocument(agreementFormat, document);
}

function checkRules(agreement: Agreement): void {
  if (agreement.lots.some((entry) => entry.energyWh === 0n)) fail('LOT_EMPTY');
  const sum = sumWh(agreement.lots.map((entry) => entry.energyWh));
  if (sum !== agreement.energyWh) {
    fail('BAD_AGREEMENT', { lotsWh: formatWh(sum), energyWh: formatWh(agreement.energyWh) });
  }
  const { form } = embodimentOf(agreement);
  if (!BURNS[agreement.burnForm].forms.includes(form)) {
    fail('BAD_AGREEMENT', { reason: `burn form ${agreement.burnForm} is not of the ${FORMS[form]}` });
  }
  if (deadlineGap(agreement) <= agreement.guardMs) {
    fail('BAD_AGREEMENT', {
      reason: 'the second deadline is not before the first one by more than the guard',
    });
  }
}

function deadlineGap(agreement: Agreement): number {
  const { firstLock, secondLock } = embodimentOf(agreement);
  return agreement[firstLock].deadline - agreement[secondLock].deadline;
}

/** The wire form. */
export function writeAgreement(agreement: Agreement): JsonObject {
  return writeDocument(agreementForm, agreement);
}

/**
 * Reads an agreement back from a record. It was checked when it came in, and the swap's id pins every byte of it,
 * so comparing the id is enough and much cheaper than checking each field again.
 * @throws AGREEMENT_MISMATCH when it is not the agreement of this swap.
 */
export function readStoredAgreement(stored: JsonObject, swapId: SwapId): Agreement {
  if (sha256Hex(canonicalJson(stored)) !== swapId) fail('AGREEMENT_MISMATCH', { swapId });
  return readDocument(agreementForm, stored);
}

/** The id of the swap: SHA-256 over the canonical agreement. */
export function swapIdOf(agreement: Agreement): SwapId {
  return sha256Hex(canonicalJson(writeAgreement(agreement))) as SwapId;
}

/** Where and when a leg is being locked. */
export interface LockSite {
  readonly leg: Leg;
  readonly channel: string;
  readonly now: EpochMs;
  readonly parameters: Parameters;
}

/**
 * Checks that an agreement may be locked here and now (I6): place, guard, size, time limits and margins.
 * @throws AGREEMENT_MISMATCH, BAD_AGREEMENT, DEADLINE_TOO_NEAR
 */
export function checkLockable(agreement: Agreement, site: LockSite): void {
  const { leg: here, parameters } = site;
  for (const name of ['power', 'certificate'] as const) checkPlace(agreement, parameters, name);
  if (agreement[here].channel !== site.channel) fail('AGREEMENT_MISMATCH', { channel: site.channel });
  if (agreement.guardMs !== parameters.guardMs) fail('AGREEMENT_MISMATCH', { guardMs: parameters.guardMs });
  if (agreement.energyWh > parameters.maxSwapWh) {
    fail('BAD_AGREEMENT', { maxSwapWh: formatWh(parameters.maxSwapWh) });
  }
  if (agreement.lots.length > parameters.maxLots) fail('BAD_AGREEMENT', { maxLots: parameters.maxLots });
  if (deadlineGap(agreement) <= parameters.marginMs) {
    fail('BAD_AGREEMENT', {
      reason: 'the second deadline is not before the first one by more than the margin',
      marginMs: parameters.marginMs,
    });
  }
  checkTimeout(agreement, site);
}

function checkPlace(agreement: Agreement, parameters: Parameters, name: Leg): void {
  const { channel, chaincode } = parameters[name];
  if (agreement[name].channel !== channel || agreement[name].chaincode !== chaincode) {
    fail('AGREEMENT_MISMATCH', { leg: name, channel, chaincode });
  }
}

/** The first lock must leave the whole minimum, the second at least the margin; neither may bind assets too long. */
function checkTimeout(agreement: Agreement, { leg: here, now, parameters }: LockSite): void {
  const { deadline } = agreement[here];
  const isFirst = embodimentOf(agreement).firstLock === here;
  checkMargin(deadline, now, isFirst ? parameters.minTimeoutMs : parameters.marginMs);
  if (deadline - now > parameters.maxTimeoutMs) {
    fail('BAD_AGREEMENT', { deadline, now, maxTimeoutMs: parameters.maxTimeoutMs });
  }
}

/** Time limits of a new agreement: the leg locked first has twice the time of the other. */
export function deadlinesFrom(
  embodiment: Embodiment,
  now: EpochMs,
  secondTimeoutMs: Milliseconds,
): Readonly<Record<Leg, EpochMs>> {
  const first = (now + 2 * secondTimeoutMs) as EpochMs;
  const second = (now + secondTimeoutMs) as EpochMs;
  return embodiment.firstLock === 'power'
    ? { power: first, certificate: second }
    : { power: second, certificate: first };
}

/** @throws AGREEMENT_MISMATCH unless the document's swap id is the agreement's own. */
export function checkSwapId(agreement: Agreement, swapId: SwapId): void {
  const computed = swapIdOf(agreement);
  if (computed !== swapId) fail('AGREEMENT_MISMATCH', { swapId: computed });
}
