// Free ports on this machine, below the range from which the system takes ports for outgoing connections.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { NetworkError } from './errors';

const LOWEST = 20_000;
const COUNT = 12_000;

/**
 * @param reserved ports that are spoken for although nobody listens on them yet
 * @returns that many different ports that nobody listens on
 * @throws NetworkError PORT_IN_USE when there are too few
 */
export async function freePorts(count: number, reserved: ReadonlySet<number> = new Set()): Promise<number[]> {
  const ports: number[] = [];
  const start = randomInt(COUNT);
  for (let step = 0; step < COUNT && ports.length < count; step += 1) {
    const port = LOWEST + ((start + step) % COUNT);
    if (!reserved.has(port) && (await isFree(port))) ports.push(port);
  }
  if (ports.length < count) throw new NetworkError('PORT_IN_USE', `Fewer than ${count} free ports`);
  return ports;
}

/** Whether a port of 127.0.0.1 can be listened on. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** The host of `host:port`. */
export const hostOf = (address: string): string => address.slice(0, address.lastIndexOf(':'));

/** The port of `host:port`. */
export const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));
