// The version of the program, as its package says it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Such as `0.1.0`. */
export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version;
  return typeof version === 'string' ? version : 'unknown';
}
