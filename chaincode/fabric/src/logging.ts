// How much the chaincode shim logs: nothing unless an operator asks, and never at DEBUG, because there it prints
// what contracts answer, which for a claim is a secret before it is committed.
import * as contractApi from 'fabric-contract-api/lib/logger';
import * as shim from 'fabric-shim/lib/logger';

const VARIABLE = 'CORE_CHAINCODE_LOGGING_LEVEL';

/** Levels of Fabric's own naming that an operator may choose; anything else is the first, which logs nothing. */
const LEVELS = ['CRITICAL', 'ERROR', 'WARNING', 'INFO'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** The loggers that work during an invocation. A discarded message costs 5 microseconds, and each read makes several. */
export const BUSY_LOGGERS = {
  'fabric-shim': [
    'lib/chaincode.js',
    'lib/handler.js',
    'lib/iterators.js',
    'lib/stub.js',
    'contracts-spi/chaincodefromcontract.js',
    'contracts-spi/datamarshall.js',
  ],
  'fabric-contract-api': ['./lib/jsontransactionserializer.js'],
} as const;

/** The level that applies when the environment asks for `wanted`. */
export function logLevelFor(wanted: string | undefined): LogLevel {
  const level = wanted?.toUpperCase();
  if (level === 'DEBUG') return 'INFO';
  return LEVELS.find((known) => known === level) ?? LEVELS[0];
}

/** Takes `debug` from the busy loggers: nobody reads it, and DEBUG is never granted. */
export function discardDebug(): void {
  for (const name of BUSY_LOGGERS['fabric-shim']) shim.getLogger(name).debug = () => undefined;
  for (const name of BUSY_LOGGERS['fabric-contract-api']) contractApi.getLogger(name).debug = () => undefined;
}

/**
 * Applies the level that the environment asks for to the loggers that exist and to those still to come.
 * The shim logs to stdout, so a host with output of its own depends on this too.
 */
export function limitLogging(): void {
  const level = logLevelFor(process.env[VARIABLE]);
  for (const library of [shim, contractApi]) {
    library.setLevel(level);
    // setLevel leaves its internal name behind, which is read as INFO when the next logger is looked up.
    process.env[VARIABLE] = level;
  }
}
