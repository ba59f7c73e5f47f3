// The chaincodes that a network of real peers runs, and the program that serves each as an external service.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LEGS, type Leg } from '@wattlock/core';
import { CHAINCODES, CHANNELS, PROBE_CHAINCODE } from './names';

/** What the launcher deploys. */
export interface Deployment {
  readonly name: string;
  readonly channel: string;
  readonly version: string;
  /** Absolute path of the program that serves it: the bundle, whose digest is part of what members approve. */
  readonly serverModule: string;
}

const PACKAGES: Readonly<Record<Leg, string>> = {
  power: '@wattlock/power-info',
  certificate: '@wattlock/certificate',
};

/** Each leg's own chaincode on its channel. */
export function chaincodesToDeploy(): readonly Deployment[] {
  return LEGS.map((leg) => deployment(CHAINCODES[leg], CHANNELS[leg], PACKAGES[leg]));
}

/** The baseline that benchmarks compare with, on both channels. */
export function probesToDeploy(): readonly Deployment[] {
  return LEGS.map((leg) => deployment(PROBE_CHAINCODE, CHANNELS[leg], '@wattlock/probe'));
}

function deployment(name: string, channel: string, packageName: string): Deployment {
  const manifest = createRequire(__filename).resolve(`${packageName}/package.json`);
  const { version } = createRequire(__filename)(manifest) as { version: string };
  return { name, channel, version, serverModule: join(dirname(manifest), 'dist', 'bundle', 'server.js') };
}
