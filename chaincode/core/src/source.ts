// The register of sources on the certificate channel: what names a lot. A lot backs one live certificate (I4).
import { optional, type Read } from './document';
import { certificateIdField, swapIdField } from './fields';
import { record, variant } from './record';

/** An issued certificate, which stays, or the certificate of a swap, which may become void. */
export const sourceFormat = variant(
  {
    issued: record({ certificate: certificateIdField, swapId: optional(swapIdField) }),
    swapped: record({ swapId: swapIdField }),
  },
  ({ certificate }) => (certificate === undefined ? 'swapped' : 'issued'),
);

export type Source = Read<typeof sourceFormat>;
