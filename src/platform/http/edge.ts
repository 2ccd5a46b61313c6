/**
 * The edge of the program: everything that is the same for every route. A request gets a trace id, is
 * limited, answered, given its headers, counted and logged; a fault ends here and only its trace id
 * goes out.
 */
import { type Context, Hono } from 'hono';
import type { Instant } from '../../kernel/day.ts';
import type { Refusal } from '../../kernel/result.ts';
import { type Clock, freshId, stopwatchMs } from '../clock.ts';
import type { HttpLog } from './access-log.ts';
import { type Networks, readerAddress, readerKey } from './addresses.ts';
import { deliver, plainFault } from './deliver.ts';
import { type KnownReaders, makeKnownReaders } from './known-readers.ts';
import type { HttpMetrics } from './metrics.ts';
import type { RateAnswer } from './rate-limit.ts';
import type { Reply } from './reply.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** What is known of every request: its trace id, the pattern of its route, when it came. */
export type EdgeEnv = {
  Variables: {
    trace: string;
    route: string;
    at: Instant;
    body?: Buffer;
    /** Token of the session that was found to hold; whoever authorises sets it. */
    session?: string;
  };
};
export type EdgeContext = Context<EdgeEnv>;

/** What an edge is made of. */
export type EdgeOptions = {
  readonly clock: Clock;
  readonly log: HttpLog;
  readonly metrics: HttpMetrics;
  readonly trustedProxies: Networks;
  /** `null`: no limit. */
  readonly rate: ((key: string) => RateAnswer) | null;
  /** Longest path with query, in characters. */
  readonly addressCharsMax: number;
  /** Draws a refusal as this app shows them: a page, or problem details. */
  readonly tell: (refusal: Refusal, c: EdgeContext) => Reply;
};

/** Answers a request. */
export type Answer = (c: EdgeContext) => Reply | Promise<Reply>;

/** An app being put together. */
export type Edge = {
  readonly app: Hono<EdgeEnv>;
  /** Adds a route. `limited: false` exempts it from the rate limit: health checks, files of a program. */
  readonly on: (
    method: string,
    pattern: string,
    answer: Answer,
    flags?: { readonly limited?: boolean },
  ) => void;
  /** Answers what no route takes: OPTIONS, wrong methods (405), unknown addresses (404). Call last. */
  readonly close: () => Hono<EdgeEnv>;
};

/** The socket's address as @hono/node-server gives it; `null` in tests without a socket. */
function socketOf(c: EdgeContext): { address: string | null; encrypted: boolean } {
  const env = c.env as
    { incoming?: { socket?: { remoteAddress?: string; encrypted?: boolean } } } | undefined;
  const socket = env?.incoming?.socket;
  return { address: socket?.remoteAddress ?? null, encrypted: socket?.encrypted === true };
}

/** Address of the reader behind trusted proxies; `null` when it can not be told. */
export function addressOf(c: EdgeContext, trusted: Networks): string | null {
  return readerAddress(socketOf(c).address, c.req.header('x-forwarded-for') ?? null, trusted);
}

/**
 * Whether the reader is certainly in one of the `allowed` networks. A request that was passed on by a
 * proxy nobody trusts says nothing about its reader: without this rule a proxy on the same machine
 * would make the whole world look like loopback.
 */
export function isFrom(
  c: EdgeContext,
  networks: { readonly trusted: Networks; readonly allowed: Networks },
): boolean {
  const socket = socketOf(c).address;
  if (socket === null) return false;
  const passedOn = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some(
    (name) => c.req.header(name) !== undefined,
  );
  if (passedOn) {
    if (!networks.trusted.has(socket) || c.req.header('x-forwarded-for') === undefined)
      return false;
  }
  const address = addressOf(c, networks.trusted);
  return address !== null && networks.allowed.has(address);
}

/** Whether the reader's connection is encrypted, here or at a trusted proxy. */
export function isSecure(c: EdgeContext, trusted: Networks): boolean {
  const { address, encrypted } = socketOf(c);
  if (encrypted) return true;
  if (address === null || !trusted.has(address)) return false;
  return (c.req.header('x-forwarded-proto') ?? '').split(',')[0]?.trim() === 'https';
}

/** Methods told apart in log and figures; whoever invents others must not fill the memory with them. */
const knownMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
]);

const readersKnown = { most: 50_000, keptMs: 10 * 60_000 };

/** Makes the edge of an app. */
export function makeEdge(options: EdgeOptions): Edge {
  const app = new Hono<EdgeEnv>();
  const methods = new Map<string, Set<string>>();
  const served = { ...options, readers: makeKnownReaders(readersKnown, stopwatchMs) };

  app.use('*', async (c, next) => {
    const started = stopwatchMs();
    c.set('trace', freshId(options.clock));
    c.set('route', '-');
    c.set('at', options.clock.now());
    await next();
    const ms = Math.round((stopwatchMs() - started) * 10) / 10;
    setSecurityHeaders(c.res.headers, isSecure(c, options.trustedProxies));
    const entry = {
      trace: c.get('trace'),
      method: knownMethods.has(c.req.method) ? c.req.method : 'OTHER',
      route: c.get('route'),
      status: c.res.status,
      ms,
      bytes: Number(c.res.headers.get('content-length') ?? 0),
    };
    options.log.access(entry);
    options.metrics.observe(entry);
  });
  app.onError((error, c) => fault(options, error, c));

  const on: Edge['on'] = (method, pattern, answer, flags = {}) => {
    methods.set(pattern, (methods.get(pattern) ?? new Set()).add(method));
    app.on(method, pattern, (c) => serve(served, c, { pattern, answer, ...flags }));
  };
  return {
    app,
    on,
    close() {
      for (const [pattern, known] of methods) {
        const allowed = [...known, ...(known.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
        app.all(pattern, (c) =>
          serve(served, c, { pattern, answer: () => closed(options, c, allowed) }),
        );
      }
      app.all('*', (c) =>
        serve(served, c, {
          pattern: '-',
          answer: () => options.tell({ code: 'http.not-found', params: {} }, c),
        }),
      );
      return app;
    },
  };
}

function closed(options: EdgeOptions, c: EdgeContext, allowed: string): Reply {
  const headers = { allow: allowed };
  if (c.req.method === 'OPTIONS') {
    return { status: 204, type: 'text/plain; charset=utf-8', body: '', cache: 'none', headers };
  }
  const reply = options.tell({ code: 'http.method-not-allowed', params: { allowed } }, c);
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

type Serving = {
  readonly pattern: string;
  readonly answer: Answer;
  readonly limited?: boolean;
};

type Served = EdgeOptions & { readonly readers: KnownReaders };

async function serve(options: Served, c: EdgeContext, serving: Serving): Promise<Response> {
  c.set('route', serving.pattern);
  try {
    const reply = turnedAway(options, c, serving) ?? (await serving.answer(c));
    const session = c.get('session');
    if (session !== undefined) options.readers.remember(session);
    return await deliver(reply, c.req.raw, { made: c.get('at'), now: options.clock.now() });
  } catch (error) {
    return fault(options, error, c);
  }
}

/** The reply to a request that is not answered at all: too long, or one too many. */
function turnedAway(options: Served, c: EdgeContext, serving: Serving): Reply | null {
  const { pathname, search } = new URL(c.req.url);
  if (pathname.length + search.length > options.addressCharsMax) {
    return options.tell(
      { code: 'http.address-too-long', params: { most: options.addressCharsMax } },
      c,
    );
  }
  if (serving.limited === false || options.rate === null) return null;
  // A reader whose address can not be read counts as the proxy that did not tell it.
  const address = addressOf(c, options.trustedProxies) ?? socketOf(c).address;
  if (address === null) return null;
  const own = options.readers.keyOf(c.req.header('cookie') ?? null);
  const { allowed, retrySeconds } = options.rate(own ?? readerKey(address));
  if (allowed) return null;
  const refusal = { code: 'http.rate-limited', params: { seconds: retrySeconds } };
  const reply = options.tell(refusal, c);
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(retrySeconds) } };
}

async function fault(options: EdgeOptions, error: unknown, c: EdgeContext): Promise<Response> {
  options.log.fault(c.get('trace'), error);
  try {
    const reply = options.tell({ code: 'http.fault', params: {} }, c);
    return await deliver(reply, c.req.raw, { made: c.get('at'), now: c.get('at') });
  } catch (second) {
    // Whatever broke may have broken the telling too.
    options.log.fault(c.get('trace'), second);
    return plainFault();
  }
}
