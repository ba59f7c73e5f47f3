// Records as commands show them: what the contracts answer, with the members everybody looks for first.
import {
  record,
  shownCertificateFields,
  shownLotFields,
  shownSlotFields,
  storedPointFormat,
  type Read,
} from '@wattlock/core';

const { lockedBy, parent, parts, ...lot } = shownLotFields;
const { id, owner, energyWh, state, usable, ...certificate } = shownCertificateFields;
/** The draw is its swap's to show. */
const { draw: _draw, valueTypes, ...slot } = shownSlotFields;

/** The members of a lot; `lot show` adds its history. */
export const lotMembers = { ...lot, lockedBy, parent, parts };

export const shownLot = record(lotMembers);
/** The members of a certificate; `cert show` adds its origin. */
export const certificateMembers = { id, owner, energyWh, state, usable, ...certificate };
export const shownCertificate = record(certificateMembers);
export const shownPoint = storedPointFormat;
export const shownSlot = record({ ...slot, valueTypes });

export type ShownCertificate = Read<typeof shownCertificate>;
