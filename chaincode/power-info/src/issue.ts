// Issue: the certifier states a whole day's energy where no slot readings exist.
import { checkCaller, parametersIn, writesForAccount, type Call } from '@wattlock/chaincode-fabric';
import { checkStatement, isNewStatement, keys, slotsPerDay, type Statement } from '@wattlock/core';
import { getParts, NOTHING_NEW, putPart, type Intake } from './days';
import { pointIn } from './points';

/** States a day; it occupies every slot. The same statement again is no change. */
export async function issue(call: Call, statement: Statement): Promise<Intake> {
  const { state, now } = call;
  const [parameters, pointRecord, firstPart] = await state.getMany([
    keys.parameters(),
    keys.point(statement.point),
    keys.day(statement.point, statement.day, 0),
  ]);
  const { roles, maxSkewMs, capacityPercent } = parametersIn(parameters);
  checkCaller(call, [roles.certifier]);
  call.checkTime(maxSkewMs);
  const point = pointIn(pointRecord, statement.point);
  checkStatement(statement, point, capacityPercent, now);
  const parts = await getParts(state, statement, firstPart);
  if (!isNewStatement(statement, parts)) return NOTHING_NEW;
  return putPart(await writesForAccount(state, roles, point.owner), {
    content: { ...statement, part: parts.length },
    owner: point.owner,
    energyWh: statement.energyWh,
    recorded: slotsPerDay(point.slotMinutes),
  });
}
