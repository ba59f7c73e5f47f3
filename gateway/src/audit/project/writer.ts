// Whoever writes the projection's file: this thread, or a worker that does the same elsewhere.
import { openStore } from '@wattlock/store';
import type { Leg } from '@wattlock/core';
import { readFacts } from '../../ledger/blocks';
import type { AuditException } from '../checks/exceptions';
import type { Sink, States } from './advance';
import { PROJECTION_FORMAT } from './format';
import { Projection } from './projection';

/** A projection's file open for writing; it is the only one. */
export interface Writer extends Sink {
  states(): Promise<States>;
  /** Forgets everything but what is remembered of lost blocks. @param losses what is remembered besides; default: nothing at all is */
  clear(losses: readonly AuditException[] | undefined): Promise<void>;
  close(): Promise<void>;
}

/** A writer in this thread. @throws StoreError */
export function openWriterHere(file: string): Writer {
  const projection = new Projection(openStore(file, PROJECTION_FORMAT));
  const settle = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
  return {
    states: () => settle(() => projection.states()),
    clear: (losses) => settle(() => projection.clear(losses)),
    apply: (leg: Leg, blocks) => settle(() => projection.apply(leg, blocks.map(readFacts))),
    close: () => settle(() => projection.close()),
  };
}
