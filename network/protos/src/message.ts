// Messages of protocol buffers, written field by field: bytes in, bytes out.
// Not by Fabric's generated classes: the shim brings those of one version and the gateway client those of another, and
// both register in one global place, so that an object of the one may be written by the code of the other.
import { BinaryWriter } from 'google-protobuf';

/** A field's number in the .proto file, and its value. Text and numbers are as `string`, `int32`, `int64` and enums. */
export type Field = readonly [number: number, value: Uint8Array | string | number];

/** @returns the message's bytes; a zero stands by not being there, as in proto3 */
export function message(...fields: readonly Field[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, value] of fields) {
    if (typeof value === 'string') writer.writeString(number, value);
    else if (typeof value !== 'number') writer.writeBytes(number, value);
    else if (value !== 0) writer.writeInt64(number, value);
  }
  return writer.getResultBuffer();
}
