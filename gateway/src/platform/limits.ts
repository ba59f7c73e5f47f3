// Channel limits as a document, and the whole parameters of a platform's channels.
import { formatWh, readParameters, type JsonObject, type Parameters } from '@wattlock/core';
import { CHAINCODES, CHANNELS } from './names';
import type { ChannelLimits, Platform } from './platform';

/** The parameters of both channels: who plays which role, where each leg lives, and the limits. */
export function parametersOf(
  { mspIds, generators }: Pick<Platform, 'mspIds' | 'generators'>,
  limits: ChannelLimits,
): Parameters {
  return {
    roles: { certifier: mspIds.certifier, generators, auditor: mspIds.auditor },
    power: { channel: CHANNELS.power, chaincode: CHAINCODES.power },
    certificate: { channel: CHANNELS.certificate, chaincode: CHAINCODES.certificate },
    ...limits,
  };
}

/** The wire form of limits: energy as a decimal string. */
export function writeLimits(limits: ChannelLimits): JsonObject {
  const { maxSwapWh, stockSlotWh } = limits;
  return { ...limits, maxSwapWh: formatWh(maxSwapWh), stockSlotWh: formatWh(stockSlotWh) };
}

/** Limits are read and checked as part of parameters, which also name organisations and places; any will do. */
const REST = {
  roles: { certifier: 'certifier', generators: ['generator'], auditor: 'auditor' },
  power: { channel: CHANNELS.power, chaincode: CHAINCODES.power },
  certificate: { channel: CHANNELS.certificate, chaincode: CHAINCODES.certificate },
};

/** Reads limits. @throws WattlockError BAD_FIELD naming what does not fit. */
export function readLimits(document: JsonObject): ChannelLimits {
  const {
    roles: _roles,
    power: _power,
    certificate: _certificate,
    ...limits
  } = readParameters({
    ...document,
    ...REST,
  });
  return limits;
}
