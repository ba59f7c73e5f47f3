// The part of google-protobuf's types that the Fabric messages refer to; the package ships none.
declare module 'google-protobuf' {
  export class Message {
    serializeBinary(): Uint8Array;
  }
}

declare module 'google-protobuf/google/protobuf/timestamp_pb' {
  export class Timestamp {
    setSeconds(value: number): void;
    setNanos(value: number): void;
  }
}
