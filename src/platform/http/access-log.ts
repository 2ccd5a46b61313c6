/**
 * One line per request, without anything that tells who asked or whom they looked up: no address, no
 * query, no path but the route's pattern.
 */
import { type Logger, pino } from 'pino';

/** What is written down of a request. */
export type AccessEntry = {
  readonly trace: string;
  readonly method: string;
  /** Pattern of the route, e.g. `/subjects/:code`; `-` when none fits. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly bytes: number;
};

/** Where the lines go. */
export type HttpLog = {
  readonly access: (entry: AccessEntry) => void;
  readonly fault: (trace: string, error: unknown) => void;
};

/** A log on stdout, or on `destination`, from `level` up. */
export function makeHttpLog(
  level: 'silent' | 'error' | 'warn' | 'info' | 'debug',
  destination?: { readonly write: (line: string) => void },
): HttpLog {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger: Logger = destination === undefined ? pino(options) : pino(options, destination);
  return {
    access: (entry) => logger.info(entry, 'request'),
    // Only message and stack: drivers hang values of the statement on their errors.
    fault: (trace, error) => {
      const known = error instanceof Error ? error : new Error(String(error));
      logger.error({ trace, error: known.message, stack: known.stack }, 'fault');
    },
  };
}
