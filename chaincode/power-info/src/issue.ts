// Issue: the certifier states a whole day's energy where no slot readings exist.
import { checkCaller, getParameters, type Call } from '@wattlock/chaincode-fabric';
import {
  checkStatement,
  isNewStatement,
  readStatement,
  slotsPerDay,
  writeStatement,
  type Json,
  type JsonObject,
} from '@wattlock/core';
import { getParts, NOTHING_NEW, putPart } from './days';
import { getPoint } from './points';

/**
 * States a day; it occupies every slot. The same statement again is no change.
 * @returns as RecordDay.
 * @throws BAD_FIELD, BAD_ENERGY, NOT_CONFIGURED, NOT_AUTHORISED, TIME_SKEW, POINT_NOT_FOUND, SLOT_OVER_CAPACITY,
 * SLOT_IN_FUTURE, DAY_CONFLICT
 */
export async function issue(call: Call, document: JsonObject): Promise<Json> {
  const { state, now } = call;
  const statement = readStatement(document);
  const { roles, maxSkewMs, capacityPercent } = await getParameters(state);
  checkCaller(call, [roles.certifier]);
  call.checkTime(maxSkewMs);
  const point = await getPoint(state, statement.point);
  checkStatement(statement, point, capacityPercent, now);
  const parts = await getParts(state, statement.point, statement.day);
  if (!isNewStatement(statement, parts)) return NOTHING_NEW;
  const part = parts.length;
  return putPart(state, {
    point: statement.point,
    day: statement.day,
    part,
    owner: point.owner,
    energyWh: statement.energyWh,
    recorded: slotsPerDay(point.slotMinutes),
    content: writeStatement({ ...statement, part }),
  });
}
