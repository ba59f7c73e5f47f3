// What can go wrong with a network, as stable codes with the evidence a reader needs.

/** Every code, with what it means. */
export const NETWORK_ERRORS = {
  PROGRAMS_MISSING: 'Programs of Hyperledger Fabric were not found, or are too old',
  NETWORK_ALREADY_UP: 'The network in this folder is already up',
  NETWORK_BUSY: 'Another command is working on the network in this folder',
  NETWORK_DIFFERS: 'The network in this folder was made otherwise than is asked for',
  NETWORK_ADOPTED: 'Others run this network: it is started, changed and stopped with their tools',
  NETWORK_DOWN: 'The network in this folder is not up',
  NETWORK_NOT_FOUND: 'The folder holds no network',
  FOLDER_NOT_EMPTY: 'The folder holds something else than a network',
  FOLDER_UNUSABLE: 'The folder cannot be made or written to',
  DISK_FULL: 'There is no room left on the disk',
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

/** What the system's refusals come to; others are faults of the program. Source: errno(3). */
const SYSTEM_ERRORS: Readonly<Record<string, NetworkErrorCode>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EACCES: 'FOLDER_UNUSABLE',
  EPERM: 'FOLDER_UNUSABLE',
  EROFS: 'FOLDER_UNUSABLE',
  EEXIST: 'FOLDER_UNUSABLE', // a file where the folder should be
  ENOTDIR: 'FOLDER_UNUSABLE',
};

/** A refusal of the system to write, as a network's error; everything else as it is. */
export function asNetworkError(error: unknown, folder: string): unknown {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const meaning = code === undefined ? undefined : SYSTEM_ERRORS[code];
  if (meaning === undefined) return error;
  return new NetworkError(meaning, `${folder} cannot be written to (${code})`, [message ?? ''], {
    cause: error,
  });
}
