// Read and write sets: what a simulation saw and wants to change, to and from Fabric's rwset protobuf.
// Source: ledger/rwset/rwset.proto and kvrwset/kv_rwset.proto.
import { ledger } from '@hyperledger/fabric-protos';

const { kvrwset } = ledger.rwset;
type KVRWSet = ledger.rwset.kvrwset.KVRWSet;

/** Where a key was last written: block number and place in the block. */
export interface Version {
  readonly block: number;
  readonly tx: number;
}

/** A key as it was seen; no version: it did not exist. */
export interface Read {
  readonly key: string;
  readonly version: Version | undefined;
}

/** A new value, or undefined for a deletion. */
export interface Write {
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

export interface MetadataWrite {
  readonly key: string;
  readonly entries: readonly MetadataEntry[];
}

export interface MetadataEntry {
  readonly name: string;
  readonly value: Uint8Array;
}

/** A range as it was seen. Not exhausted: read up to and including `endKey`. */
export interface RangeRead {
  readonly startKey: string;
  readonly endKey: string;
  readonly exhausted: boolean;
  readonly reads: readonly Read[];
}

/** What one transaction did in one chaincode's keys. */
export interface NamespaceSet {
  readonly namespace: string;
  readonly reads: readonly Read[];
  readonly ranges: readonly RangeRead[];
  readonly writes: readonly Write[];
  readonly metadataWrites: readonly MetadataWrite[];
}

export function encodeReadWriteSet(sets: readonly NamespaceSet[]): Uint8Array {
  const message = new ledger.rwset.TxReadWriteSet();
  message.setDataModel(ledger.rwset.TxReadWriteSet.DataModel.KV);
  message.setNsRwsetList(
    sets.map((set) => {
      const namespace = new ledger.rwset.NsReadWriteSet();
      namespace.setNamespace(set.namespace);
      namespace.setRwset(toKv(set).serializeBinary());
      return namespace;
    }),
  );
  return message.serializeBinary();
}

/** @throws Error when the bytes are no read and write set, or hold private or hashed parts */
export function decodeReadWriteSet(bytes: Uint8Array): NamespaceSet[] {
  const message = ledger.rwset.TxReadWriteSet.deserializeBinary(bytes);
  return message.getNsRwsetList().map((set) => {
    if (set.getCollectionHashedRwsetList().length > 0) throw new Error('private data is not supported');
    return fromKv(set.getNamespace(), kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8()));
  });
}

/** Metadata as it lies in the state: Fabric's KVMetadataWrite without its key. */
export function encodeMetadata(entries: readonly MetadataEntry[]): Uint8Array {
  return toMetadata('', entries).serializeBinary();
}

export function decodeMetadata(bytes: Uint8Array): MetadataEntry[] {
  return fromEntries(kvrwset.KVMetadataWrite.deserializeBinary(bytes));
}

function toKv(set: NamespaceSet): KVRWSet {
  const kv = new kvrwset.KVRWSet();
  kv.setReadsList(set.reads.map(toRead));
  kv.setRangeQueriesInfoList(set.ranges.map(toRange));
  kv.setWritesList(set.writes.map(toWrite));
  kv.setMetadataWritesList(set.metadataWrites.map(({ key, entries }) => toMetadata(key, entries)));
  return kv;
}

function fromKv(namespace: string, kv: KVRWSet): NamespaceSet {
  return {
    namespace,
    reads: kv.getReadsList().map(fromRead),
    ranges: kv.getRangeQueriesInfoList().map(fromRange),
    writes: kv.getWritesList().map((write) => ({
      key: write.getKey(),
      // Fabric takes an empty value for a deletion.
      value: write.getIsDelete() || write.getValue().length === 0 ? undefined : write.getValue_asU8(),
    })),
    metadataWrites: kv
      .getMetadataWritesList()
      .map((write) => ({ key: write.getKey(), entries: fromEntries(write) })),
  };
}

function toRead(read: Read): ledger.rwset.kvrwset.KVRead {
  const message = new kvrwset.KVRead();
  message.setKey(read.key);
  if (read.version !== undefined) {
    const version = new kvrwset.Version();
    version.setBlockNum(read.version.block);
    version.setTxNum(read.version.tx);
    message.setVersion(version);
  }
  return message;
}

function fromRead(message: ledger.rwset.kvrwset.KVRead): Read {
  const version = message.getVersion();
  return {
    key: message.getKey(),
    version: version && { block: version.getBlockNum(), tx: version.getTxNum() },
  };
}

function toWrite(write: Write): ledger.rwset.kvrwset.KVWrite {
  const message = new kvrwset.KVWrite();
  message.setKey(write.key);
  if (write.value === undefined) message.setIsDelete(true);
  else message.setValue(write.value);
  return message;
}

function toRange(range: RangeRead): ledger.rwset.kvrwset.RangeQueryInfo {
  const message = new kvrwset.RangeQueryInfo();
  message.setStartKey(range.startKey);
  message.setEndKey(range.endKey);
  message.setItrExhausted(range.exhausted);
  const reads = new kvrwset.QueryReads();
  reads.setKvReadsList(range.reads.map(toRead));
  message.setRawReads(reads);
  return message;
}

function fromRange(message: ledger.rwset.kvrwset.RangeQueryInfo): RangeRead {
  if (message.hasReadsMerkleHashes()) throw new Error('range reads are kept whole here, never as hashes');
  return {
    startKey: message.getStartKey(),
    endKey: message.getEndKey(),
    exhausted: message.getItrExhausted(),
    reads: message.getRawReads()?.getKvReadsList().map(fromRead) ?? [],
  };
}

function toMetadata(key: string, entries: readonly MetadataEntry[]): ledger.rwset.kvrwset.KVMetadataWrite {
  const message = new kvrwset.KVMetadataWrite();
  message.setKey(key);
  message.setEntriesList(
    entries.map(({ name, value }) => {
      const entry = new kvrwset.KVMetadataEntry();
      entry.setName(name);
      entry.setValue(value);
      return entry;
    }),
  );
  return message;
}

function fromEntries(message: ledger.rwset.kvrwset.KVMetadataWrite): MetadataEntry[] {
  return message.getEntriesList().map((entry) => ({ name: entry.getName(), value: entry.getValue_asU8() }));
}
