// Takes out of a log line what must not be in one: secrets by the names they go by, keys and bytes by what they are.
// A log is read by more people than a ledger, so this errs on the side of saying nothing.
import { KeyObject } from 'node:crypto';

/** In place of what was taken out. */
const CENSORED = '[redacted]';

/** Names under which secrets, seeds, keys and private inputs go, wherever in a line they stand. */
const SECRET_NAMES =
  /secret|seed|transient|private|preimage|password|passphrase|credential|authorization|cookie|^token$/i;

/** A key or certificate in PEM: neither belongs into a log, and whoever mistakes one for the other logs a key. */
const PEM = /-----BEGIN [^-]*-----[\s\S]*?(-----END [^-]*-----|$)/g;

/** As deep as a line is looked into; what lies deeper is left out. */
const DEEPEST = 6;

/** The value without what must not be logged. Bytes are told by their number alone, errors by code and message. */
export function redacted<T>(value: T): T;
export function redacted(value: unknown): unknown {
  return without(value, 0);
}

function without(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(PEM, CENSORED);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof KeyObject) return CENSORED;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (depth === DEEPEST) return '[deeper]';
  if (value instanceof Error) return without(factsOf(value), depth);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => without(each, depth + 1));
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAMES.test(name) ? CENSORED : without(member, depth + 1),
    ]),
  );
}

/** An error's cause may hold whatever a library put there, so only its own code and message are told. */
function factsOf(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, stack } = error;
  const code = 'code' in error ? { code: error.code } : {};
  return { name, ...code, message, stack };
}
