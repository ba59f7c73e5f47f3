// Tar and gzip without anything that varies: no times, no owners, no compressor whose output changes by version.
// Two members who pack the same files get the same bytes, and so the same package id.
import { crc32 } from 'node:zlib';

export interface ArchiveFile {
  /** At most 100 bytes of ASCII. */
  readonly name: string;
  readonly content: Uint8Array;
}

const BLOCK = 512;
const STORED_LIMIT = 0xffff;

/** A tar archive of regular files, in the order given. Source: POSIX.1-2017 pax, ustar interchange format. */
export function tar(files: readonly ArchiveFile[]): Buffer {
  const entries = files.flatMap(({ name, content }) => [
    tarHeader(name, content.length),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
}

/** Gzip with stored, that is uncompressed, blocks. Source: RFC 1952 and RFC 1951, 3.2.4. */
export function storedGzip(content: Uint8Array): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const blocks: Uint8Array[] = [];
  for (let start = 0; start === 0 || start < content.length; start += STORED_LIMIT) {
    const part = content.subarray(start, start + STORED_LIMIT);
    const last = start + STORED_LIMIT >= content.length;
    const blockHeader = Buffer.alloc(5);
    blockHeader.writeUInt8(last ? 1 : 0, 0);
    blockHeader.writeUInt16LE(part.length, 1);
    blockHeader.writeUInt16LE(part.length ^ 0xffff, 3);
    blocks.push(blockHeader, part);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length % 2 ** 32, 4);
  return Buffer.concat([header, ...blocks, trailer]);
}

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (offset: number, text: string): void => {
    header.write(text, offset, 'ascii');
  };
  put(0, name);
  put(100, '0000644\0'); // mode
  put(108, '0000000\0'); // owner
  put(116, '0000000\0'); // group
  put(124, `${size.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0'); // modified
  put(148, ' '.repeat(8)); // the checksum counts itself as spaces
  put(156, '0'); // a regular file
  put(257, 'ustar\x0000');
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  put(148, `${checksum.toString(8).padStart(6, '0')}\0 `);
  return header;
}
