// Keeps fabric-shim from taking over the process it is loaded into.
// It prints to the console (our stdout is for data alone) and swallows stray errors of the whole program.
import { discardDebug } from '@wattlock/chaincode-fabric';
import * as apiLogger from 'fabric-contract-api/lib/logger.js';
import * as shimLogger from 'fabric-shim/lib/logger.js';

const PROCESS_LOGGER = '_';
const STRAY_REJECTION_LISTENER = 'loggerUnhandledRejectionFn';

/** Undoes what the shim did to the process when it was loaded; to be called at once, before an error can go astray. */
export function restrainShim(): void {
  discardDebug();
  for (const library of [shimLogger, apiLogger]) {
    // All loggers of a library, also those that contracts make, write through one transport.
    for (const transport of library.getLogger().transports) transport.silent = true;
    const processLogger = library.getLogger(PROCESS_LOGGER);
    processLogger.silent = true;
    processLogger.exceptions.unhandle();
  }
  for (const listener of process.listeners('unhandledRejection')) {
    if (listener.name === STRAY_REJECTION_LISTENER) process.removeListener('unhandledRejection', listener);
  }
}
