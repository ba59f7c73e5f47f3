// The end of a log, for people: what a failure shows and what `network logs` prints.
import { open } from 'node:fs/promises';

const LINES = 15;
const LINE_LENGTH = 400;
// eslint-disable-next-line no-control-regex -- terminal colours are control characters
const COLOUR = /\u001b\[[0-9;]*m/g;

/** A Go program that panics says why, then prints its stacks from here on. */
const GO_STACKS = /^goroutine \d+ \[/m;

/** The last lines of a text, without terminal colours and Go's stacks, each of bounded length. */
export function lastLines(text: string, count = LINES): string[] {
  const stacks = text.search(GO_STACKS);
  return (stacks < 0 ? text : text.slice(0, stacks))
    .replace(COLOUR, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .map((line) => line.slice(0, LINE_LENGTH));
}

/** The text of a file from an offset in bytes on; from its last bytes when the offset is negative. */
export async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
    const bytes = Buffer.alloc(size - start);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
