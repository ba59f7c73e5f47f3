// How a process of a network shows that it is ready. To listen is not enough: the system accepts connections in a
// server's name from then on, and an orderer, for one, opens its ledgers and its administration in between.
import { connect } from 'node:tls';
import { readFrom } from './log';
import { hostOf, portOf } from './ports';

/** It serves TLS on a port of 127.0.0.1, or prints a line that starts so. */
export type Readiness = { readonly tlsPort: number } | { readonly lineStart: string };

/** @param before length of the log when the process was started, in bytes */
export async function isReady(ready: Readiness, log: string, before: number): Promise<boolean> {
  if ('tlsPort' in ready) return serves(`127.0.0.1:${ready.tlsPort}`);
  const lines = (await readFrom(log, before)).split('\n');
  return lines.some((line) => line.startsWith(ready.lineStart));
}

const ANSWER_LIMIT_MS = 1_000;

/**
 * @param address `host:port`
 * @returns whether a server there answered a TLS handshake within `limitMs` milliseconds
 */
export function serves(address: string, limitMs = ANSWER_LIMIT_MS): Promise<boolean> {
  return new Promise((resolve) => {
    // That it answers is all that is asked: who it is and whether it wants a certificate is for those who talk to it.
    const socket = connect({
      ...{ port: portOf(address), host: hostOf(address), timeout: limitMs },
      ...{ rejectUnauthorized: false, ALPNProtocols: ['h2'] },
    });
    const settle = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', settle(true));
    socket.once('timeout', settle(false));
    socket.on('error', settle(false));
  });
}
