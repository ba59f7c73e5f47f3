// What can go wrong with a network, as stable codes with the evidence a reader needs.

/** Every code, with what it means. */
export const NETWORK_ERRORS = {
  PROGRAMS_MISSING: 'Programs of Hyperledger Fabric were not found, or are too old',
  NETWORK_ALREADY_UP: 'The network in this folder is already up, or another command is working on it',
  NETWORK_DOWN: 'The network in this folder is not up',
  NETWORK_NOT_FOUND: 'The folder holds no network',
  FOLDER_NOT_EMPTY: 'The folder holds something else than a network',
  PORT_IN_USE: 'A port the network needs is taken by another program',
  PACKAGE_ID_MISMATCH: 'A peer computed another package id than we did',
  PROCESS_FAILED: 'A process of the network ended by itself',
  PROCESS_UNKNOWN: 'The network has no process of that name',
  STEP_FAILED: 'A step of setting the network up failed',
  NOT_READY: 'The network did not become usable in time',
} as const;

export type NetworkErrorCode = keyof typeof NETWORK_ERRORS;

/** A failure of the launcher. `details` are the last lines of the log or the output of the program that failed. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(
    readonly code: NetworkErrorCode,
    message: string,
    readonly details: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
