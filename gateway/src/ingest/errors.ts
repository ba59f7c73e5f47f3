// What can be wrong with a meter file: the whole of it, or single rows while the rest is imported.
// Both tables are stable: a code never changes its meaning.
import type { ErrorKind } from '@wattlock/core';

interface FileErrorRow {
  readonly kind: Extract<ErrorKind, 'invalid' | 'missing'>;
  readonly text: string;
}

const FILE_ERRORS = {
  BAD_OPTION: { kind: 'invalid', text: 'An option of the import is malformed or does not fit the others' },
  FILE_NOT_FOUND: { kind: 'missing', text: 'The file does not exist or cannot be read' },
  NO_HEADER: { kind: 'invalid', text: 'The file has no header line' },
  COLUMN_NOT_FOUND: { kind: 'invalid', text: 'The file has no such column' },
  BAD_CSV: { kind: 'invalid', text: 'The file is not readable as comma-separated values' },
  UTC_OFFSET_MISSING: {
    kind: 'invalid',
    text: 'A time has no offset from UTC, neither in the file nor by option',
  },
  START_OFF_GRID: { kind: 'invalid', text: 'The start is not the start of a slot of the metering point' },
  SAMPLES_TOO_COARSE: {
    kind: 'invalid',
    text: "The file's samples are longer than the metering point's slots; no split is invented",
  },
  INTERVAL_MISFIT: {
    kind: 'invalid',
    text: "The metering point's slot is not a whole number of the file's sample intervals",
  },
} as const satisfies Record<string, FileErrorRow>;

/** Why a whole file was refused; nothing of it was imported. */
export type MeterFileErrorCode = keyof typeof FILE_ERRORS;

/** The table itself, for documents and for mappings that must be complete. */
export const METER_FILE_ERRORS: Readonly<Record<MeterFileErrorCode, FileErrorRow>> = FILE_ERRORS;

/** A refusal of a whole file. `message` holds the table's text and the details. */
export class MeterFileError extends Error {
  override readonly name = 'MeterFileError';

  constructor(
    readonly code: MeterFileErrorCode,
    details: string,
    cause?: unknown,
  ) {
    super(`${FILE_ERRORS[code].text} (${details})`, { cause });
  }

  get kind(): FileErrorRow['kind'] {
    return FILE_ERRORS[this.code].kind;
  }
}

/** Why a single row was not counted. Codes that the ledger can also give have the same name there. */
export const ROW_CODES = {
  BAD_TIME: 'The time is blank, malformed or no time that exists',
  BAD_VALUE: 'The value is blank or not a decimal number',
  NEGATIVE_VALUE: 'The value is below zero, such as what an inverter draws at night; it does not count',
  ROW_CONFLICT: 'An earlier row has the same time and another value',
  TIME_OFF_GRID: "The sample does not start on the grid of sample intervals within the point's slots",
  SLOT_OVER_CAPACITY: "The slot's energy is above what the metering point's capacity allows",
  SLOT_IN_FUTURE: 'The slot has not ended yet',
  REGISTER_DROP: 'The register reads less than the last good reading',
  REGISTER_GAP: 'The last good reading is too long ago to attribute the energy; counting starts anew here',
  REGISTER_BASE: 'No good reading follows this one, so there is no difference to count',
  DAY_CONFLICT: 'The ledger already holds another value for the slot',
} as const;

export type RowCode = keyof typeof ROW_CODES;

/** A row that was not counted. */
export interface RejectedRow {
  /** Number of the data row: the first one after the header is 1; blank lines have no number. */
  readonly row: number;
  readonly code: RowCode;
}
