// Channel parameters: who plays which role, and the limits of time and energy. Set under both endorsements.
import type { JsonObject } from './canonical';
import {
  badField,
  integer,
  list,
  nullable,
  readDocument,
  refined,
  withDefault,
  writeDocument,
  type Read,
} from './document';
import type { Embodiment } from './embodiment';
import { energyField, MAX_WH, ZERO_WH } from './energy';
import { durationField, mspIdField, nameField } from './fields';
import { record } from './record';
import type { Leg, Milliseconds, MspId, Wh } from './units';

/** Most generator organisations that a consortium has. */
export const MOST_GENERATORS = 16;

const roles = record({
  certifier: mspIdField,
  generators: list(mspIdField, 1, MOST_GENERATORS),
  auditor: nullable(mspIdField),
});

const leg = record({ channel: nameField, chaincode: nameField });

/** Slots are found by trying their numbers, so there are not very many. */
export const MOST_STOCK_SLOTS = 1000;

const fields = record({
  roles,
  /** Where each leg lives; an agreement that names another place is refused. */
  power: leg,
  certificate: leg,
  /** Largest difference between a transaction's time and an endorser's clock. */
  maxSkewMs: durationField,
  /** From the deadline to the first possible withdrawal. */
  guardMs: durationField,
  /** What must remain before a deadline when a lock is made, and between the two deadlines. */
  marginMs: durationField,
  minTimeoutMs: durationField,
  maxTimeoutMs: durationField,
  /** XMAX: most energy one swap may lock and convert. */
  maxSwapWh: withDefault(energyField, MAX_WH),
  /** Most lots one swap may convert. */
  maxLots: integer(1, 1000),
  /** Energy of a slot above capacity x length that is still believed, in percent of it. */
  capacityPercent: integer(100, 1000),
  /** How many slots the certifier's stock has; none where nothing is said. */
  stockSlots: withDefault(integer(0, MOST_STOCK_SLOTS), 0),
  /** Most energy a slot of the stock may hold; with the slots' number it caps the stock. */
  stockSlotWh: withDefault(energyField, ZERO_WH),
});

export type Parameters = Read<typeof fields>;
export type Roles = Parameters['roles'];

/** Parameters that fit each other; reading others is refused with BAD_FIELD naming what does not fit. */
export const parametersFormat = refined(fields, (parameters) => {
  checkDistinct(parameters.roles);
  const { minTimeoutMs, maxTimeoutMs, marginMs, guardMs, maxSkewMs } = parameters;
  if (minTimeoutMs > maxTimeoutMs) badField('minTimeoutMs', 'expected at most maxTimeoutMs');
  if (marginMs < guardMs + 2 * maxSkewMs) badField('marginMs', 'expected at least guardMs + 2 x maxSkewMs');
  if (minTimeoutMs < marginMs) badField('minTimeoutMs', 'expected at least marginMs');
});

/** Reads parameters. @throws BAD_FIELD naming what does not fit. */
export function readParameters(document: JsonObject): Parameters {
  return readDocument(parametersFormat, document);
}

/** The wire form. */
export function writeParameters(parameters: Parameters): JsonObject {
  return writeDocument(parametersFormat, parameters);
}

/** One organisation in two roles would be two of the three endorsers, and could close any lock alone. */
function checkDistinct({ certifier, generators, auditor }: Roles): void {
  const named = [certifier, ...generators, ...(auditor === null ? [] : [auditor])];
  if (new Set(named).size < named.length)
    badField('roles', 'expected a different organisation in every place');
}

const minutes = (n: number): Milliseconds => (n * 60_000) as Milliseconds;

/** Limits for production: time locks of 48 h and 24 h, two minutes of skew, ten of guard. */
export const PRODUCTION_LIMITS = {
  maxSkewMs: minutes(2),
  guardMs: minutes(10),
  marginMs: minutes(30),
  minTimeoutMs: minutes(60),
  maxTimeoutMs: minutes(60 * 24 * 7),
  maxLots: 366,
  capacityPercent: 125,
  maxSwapWh: MAX_WH,
  stockSlots: 64,
  stockSlotWh: 1_000_000_000_000n as Wh,
} as const;

/** The endorsers that may close a lock without the counterparty: any two of the three roles. */
export function lockEndorsers(
  roles: Roles,
  generator: MspId,
): { readonly n: 2; readonly mspIds: readonly MspId[] } {
  const parties = [roles.certifier, generator];
  return { n: 2, mspIds: roles.auditor === null ? parties : [...parties, roles.auditor] };
}

/** The endorsers of a record that belongs to one of several generators: the certifier and the generator, both. */
export function ownerEndorsers(
  roles: Roles,
  generator: MspId,
): { readonly n: 2; readonly mspIds: readonly MspId[] } {
  return { n: 2, mspIds: [roles.certifier, generator] };
}

/** Everybody whom the parameters bind: the certifier and every generator. */
export function parties({ certifier, generators }: Roles): readonly MspId[] {
  return [certifier, ...generators];
}

/**
 * Whether the lock of a leg must carry the certifier's consent: of several generators any could otherwise lock lots of
 * its own under the hash that the certificate's lock shows, and keep the right one out. In the other embodiments the
 * lock carries a signature of the certifier over the swap already, or is the first to show the hash.
 */
export function needsConsent(
  { generators }: Pick<Roles, 'generators'>,
  { form, firstLock }: Embodiment,
  leg: Leg,
): boolean {
  return generators.length > 1 && form === 'account' && firstLock === 'certificate' && leg === 'power';
}
