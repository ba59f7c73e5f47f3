// What channels and chaincodes are called on a platform of our own making, embedded or launched.
import type { Leg } from '@wattlock/core';

export const CHANNELS: Readonly<Record<Leg, string>> = { power: 'power', certificate: 'certificate' };
export const CHAINCODES: Readonly<Record<Leg, string>> = { power: 'power-info', certificate: 'certificate' };

/** The chaincode that does nothing but measure; deployed on both channels of a development platform. */
export const PROBE_CHAINCODE = 'probe';
