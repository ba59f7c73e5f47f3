// Fields inside a block that are bytes of another form: identities and JSON values.
import type { JsonObject, MspId } from '@wattlock/core';
import { SerializedIdentity } from '../protos';

/** The organisation of a serialized identity. */
export function mspIdOf(identity: Uint8Array): MspId {
  return SerializedIdentity.deserializeBinary(identity).getMspid() as MspId;
}

/** A value as the JSON object that wattlock's contracts keep; null for anything else. */
export function jsonOf(value: Uint8Array | null): JsonObject | null {
  if (value === null) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(value).toString('utf8'));
    return typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as JsonObject | null) : null;
  } catch {
    return null;
  }
}
