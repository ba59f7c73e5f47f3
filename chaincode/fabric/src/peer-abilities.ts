// What a peer says it understands beyond the shim's messages: it announces them in the payload of READY (Fabric 3.1 on).
// The shim throws that payload away, so it is read from the same stream beside it.
import { peer } from '@hyperledger/fabric-protos';
import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler';
import { fieldsOf } from './wire';

/** The most keys of one message; 0 when the peer does not understand the message at all. */
export interface PeerAbilities {
  readonly reads: number;
  readonly writes: number;
}

const NONE: PeerAbilities = { reads: 0, writes: 0 };
const announced = new WeakMap<object, PeerAbilities>();

/** What the peer behind a stub's handler understands. A handler that is no peer's conversation knows nothing extra. */
export function abilitiesOf(handler: object): PeerAbilities {
  return announced.get(handler) ?? NONE;
}

/** Fields of protos.ChaincodeAdditionalParams. */
const USE_WRITES = 1;
const MOST_WRITES = 2;
const USE_READS = 3;
const MOST_READS = 4;

/** Reads the payload of READY; older peers send none. */
export function readAbilities(payload: Uint8Array): PeerAbilities {
  const values = new Map([...fieldsOf(payload)].map(({ number, value }) => [number, value]));
  const most = (use: number, limit: number): number =>
    values.get(use) === 1 ? Number(values.get(limit) ?? 0) : 0;
  return { reads: most(USE_READS, MOST_READS), writes: most(USE_WRITES, MOST_WRITES) };
}

/** Listens to every conversation with a peer that begins from now on. */
export function listenForAbilities(): void {
  const { prototype } = ChaincodeMessageHandler;
  const { chat } = prototype;
  prototype.chat = function (this: ChaincodeMessageHandler, starter): void {
    listenUntilReady(this);
    chat.call(this, starter);
  };
}

function listenUntilReady(handler: ChaincodeMessageHandler): void {
  const stream = handler._stream;
  const listener = (message: peer.ChaincodeMessage): void => {
    if (message.getType() !== peer.ChaincodeMessage.Type.READY) return;
    stream.removeListener('data', listener);
    announced.set(handler, readAbilities(message.getPayload_asU8()));
  };
  stream.on('data', listener);
}
