// Operations endpoints of peers and orderers: HTTPS with a client certificate of the same organisation.
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { tlsFiles } from './layout';
import { portOf } from './ports';

export interface OperationsClient {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const ANSWER_LIMIT_MS = 5_000;

/** A client with the certificate of the node itself. */
export async function clientOf(folder: string, node: string, tlsCa: string): Promise<OperationsClient> {
  const files = tlsFiles(join(folder, node));
  const [ca, cert, key] = await Promise.all(
    [join(folder, tlsCa), files.certificateFile, files.privateKeyFile].map((file) => readFile(file, 'utf8')),
  );
  return { ca: ca ?? '', cert: cert ?? '', key: key ?? '' };
}

/** The node's metrics by name and labels, as Prometheus' text format writes them; none while it does not answer. */
export async function scrape(
  address: string,
  client: OperationsClient,
): Promise<ReadonlyMap<string, number>> {
  const text = await get(address, '/metrics', client).catch(() => '');
  const samples = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, number] => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    });
  return new Map(samples);
}

function get(address: string, path: string, client: OperationsClient): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: portOf(address),
      path,
      agent: false,
      timeout: ANSWER_LIMIT_MS,
    };
    const call = request({ ...options, ...client }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve(Buffer.concat(parts).toString('utf8'));
      });
      response.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.end();
  });
}
