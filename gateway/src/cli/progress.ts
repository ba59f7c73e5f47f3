// Progress: one line on stderr that is overwritten, and only where somebody watches a terminal.
import { visible } from './format';

export interface Progress {
  /** Replaces the line. */
  say(line: string): void;
  /** Removes the line, before anything else is printed. */
  clear(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR_LINE = '\r\u001b[K';

export function newProgress(stream: Terminal): Progress {
  if (stream.isTTY !== true) return { say: () => undefined, clear: () => undefined };
  let shown = false;
  return {
    say(line) {
      shown = true;
      stream.write(CLEAR_LINE + visible(line).slice(0, (stream.columns ?? 80) - 1));
    },
    clear() {
      if (shown) stream.write(CLEAR_LINE);
      shown = false;
    },
  };
}
