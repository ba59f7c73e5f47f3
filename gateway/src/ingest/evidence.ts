// The evidence of an import: the SHA-256 of a file's bytes, taken while a format reads them.
import { createHash } from 'node:crypto';
import type { FilePieces, MeterFileContent } from './formats';

/** Content that is hashed on its way. */
export interface HashedContent {
  readonly content: FilePieces;
  /** SHA-256 of what was read so far, hex. To be asked once, at the end. */
  readonly digest: () => string;
}

export function hashed(content: MeterFileContent): HashedContent {
  const hash = createHash('sha256');
  async function* tapped(): AsyncGenerator<Uint8Array | string> {
    for await (const piece of typeof content === 'string' ? [content] : content) {
      hash.update(piece);
      yield piece;
    }
  }
  return { content: tapped(), digest: () => hash.digest('hex') };
}
