// RecordDay: the intake of one metering point's readings of one day. What is new becomes a part, and a lot.
import { checkCaller, getAccount, parametersIn, writesFor, type Call } from '@wattlock/chaincode-fabric';
import { checkReadings, energyOf, keys, newReadings, recordedParts, type Readings } from '@wattlock/core';
import { getParts, NOTHING_NEW, putPart, type Intake } from './days';
import { pointIn } from './points';

/** Records readings. Slots recorded before with the same energy are left out; all of them so is no change at all. */
export async function recordDay(call: Call, readings: Readings): Promise<Intake> {
  const { state, now } = call;
  const [parameters, pointRecord, firstPart] = await state.getMany([
    keys.parameters(),
    keys.point(readings.point),
    keys.day(readings.point, readings.day, 0),
  ]);
  const { roles, maxSkewMs, capacityPercent } = parametersIn(parameters);
  call.checkTime(maxSkewMs);
  const point = pointIn(pointRecord, readings.point);
  const owner = await getAccount(state, point.owner);
  checkCaller(call, [roles.certifier, owner.mspId]);
  checkReadings(readings, point, capacityPercent, now);
  const parts = await getParts(state, readings, firstPart);
  const added = newReadings(readings, recordedParts(readings, parts));
  if (added === undefined) return NOTHING_NEW;
  return putPart(writesFor(state, roles, owner.mspId), {
    content: { ...added, part: parts.length },
    owner: point.owner,
    energyWh: energyOf(added),
    recorded: added.slots.filter((slot) => slot !== null).length,
  });
}
