// The part of google-protobuf's types that the Fabric messages refer to; the package ships none.
declare module 'google-protobuf' {
  export class Message {
    serializeBinary(): Uint8Array;
  }
  export class Map<K, V> {
    set(key: K, value: V): this;
    get(key: K): V | undefined;
    getLength(): number;
  }
}

declare module 'google-protobuf/google/protobuf/timestamp_pb' {
  export class Timestamp {
    getSeconds(): number;
    setSeconds(value: number): void;
    getNanos(): number;
    setNanos(value: number): void;
  }
}
