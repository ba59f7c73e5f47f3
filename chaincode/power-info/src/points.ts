// Metering points: registered once, by the certifier's organisation or the owner's.
import {
  accountIn,
  checkCaller,
  parametersIn,
  register,
  writesFor,
  type Call,
  type Found,
} from '@wattlock/chaincode-fabric';
import {
  checkRole,
  fail,
  keys,
  rangeOf,
  readRecord,
  type AnswerOf,
  type MeteringPoint,
  type PointId,
  type RequestOf,
} from '@wattlock/core';

/** Registers a metering point of a registered generator. */
export async function registerPoint(call: Call, point: MeteringPoint): Promise<MeteringPoint> {
  const { state } = call;
  const key = keys.point(point.id);
  const [parameters, account, stored] = await state.getMany([
    keys.parameters(),
    keys.account(point.owner),
    key,
  ]);
  const { roles } = parametersIn(parameters);
  const owner = accountIn(account, point.owner);
  checkRole(owner, 'generator');
  checkCaller(call, [roles.certifier, owner.mspId]);
  const writes = writesFor(state, roles, owner.mspId);
  return register(writes, { kind: 'point', key, stored, content: point, conflict: 'POINT_CONFLICT' });
}

/** A metering point in the record of its key. @throws POINT_NOT_FOUND */
export function pointIn(stored: Found, id: PointId): MeteringPoint {
  return stored === undefined ? fail('POINT_NOT_FOUND', { point: id }) : readRecord('point', stored);
}

/** One metering point. */
export async function readOnePoint(
  { state }: Call,
  { id }: RequestOf<'power', 'ReadPoint'>,
): Promise<MeteringPoint> {
  return pointIn(await state.get(keys.point(id)), id);
}

/** Metering points in the order of their ids. */
export async function listPoints(
  { state }: Call,
  page: RequestOf<'power', 'ListPoints'>,
): Promise<AnswerOf<'power', 'ListPoints'>> {
  const { records, next } = await state.page(rangeOf('point'), page);
  return { points: records.map((entry) => readRecord('point', entry.record)), ...next };
}
