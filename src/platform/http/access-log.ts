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
    fault: (trace, error) => {
      logger.error({ trace, ...tellFault(error) }, 'fault');
    },
  };
}

/**
 * What is written down of a fault: message and the places it passed. A database puts values of the
 * statement into its message (`invalid input syntax for type uuid: "…"`): of it only the code is kept.
 */
function tellFault(error: unknown): { readonly error: string; readonly stack: string } {
  const known = error instanceof Error ? error : new Error(String(error));
  const code = (known as { code?: unknown }).code;
  const fromDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
  const places = (known.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: fromDatabase ? `database error ${code}` : known.message,
    stack: places.join('\n'),
  };
}
