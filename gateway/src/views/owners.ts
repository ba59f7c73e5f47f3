// Which generator organisation is acted for. Nobody needs to say: it is the one whose account owns the energy.
import { together } from '@wattlock/concurrency';
import type { AccountId, MspId, PointId } from '@wattlock/core';
import type { Platform } from '../platform';

/** The platform for dealing with the organisation of a generator's account. @throws WattlockError ACCOUNT_NOT_FOUND */
export async function platformOfAccount(platform: Platform, id: AccountId): Promise<Platform> {
  if (platform.generators.length === 1) return platform;
  const { mspId } = await platform.forReading().power.evaluate('ReadAccount', { id });
  return platform.generators.includes(mspId as MspId) ? platform.withGenerator(mspId as MspId) : platform;
}

/** The platform for dealing with a metering point's owner. @throws WattlockError POINT_NOT_FOUND */
export async function platformOfPoint(platform: Platform, id: PointId): Promise<Platform> {
  if (platform.generators.length === 1) return platform;
  const { owner } = await platform.forReading().power.evaluate('ReadPoint', { id });
  return platformOfAccount(platform, owner as AccountId);
}

/**
 * Works once for each generator organisation. A peer that is down does not hold up the others.
 * @throws the first failure, when all the work has ended.
 */
export const eachGenerator = <T>(
  platform: Platform,
  work: (platform: Platform) => Promise<T>,
): Promise<readonly T[]> => together(platform.generators.map((mspId) => work(platform.withGenerator(mspId))));
