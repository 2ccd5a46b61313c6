/** What a handler answers with, before caching, validation and compression are worked out. */
import type { Readable } from 'node:stream';

/**
 * How long an answer may be kept. `day`: briefly, and never past the end of the day in UTC+8, because
 * windows close at midnight; `fixed`: for ever, the address changes with the content; `none`: not at all.
 */
export type CacheRule = 'day' | 'fixed' | 'none';

/** A body that is not held in memory: opened when it is sent, of a length known before. */
export type FileBody = { readonly open: () => Readable; readonly sizeBytes: number };

/** An answer: small enough to be held in memory, or a file that is sent as it is read. */
export type Reply = {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array | FileBody;
  readonly cache: CacheRule;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer of JSON. */
export function jsonReply(
  value: unknown,
  options: { readonly status?: number; readonly cache?: CacheRule; readonly type?: string } = {},
): Reply {
  return {
    status: options.status ?? 200,
    type: options.type ?? 'application/json; charset=utf-8',
    body: JSON.stringify(value),
    cache: options.cache ?? 'none',
  };
}

/** An answer that sends the reader to another address of this site. */
export function redirectReply(
  location: string,
  status: 302 | 303 | 308,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    type: 'text/plain; charset=utf-8',
    body: '',
    cache: 'none',
    headers: { location, ...headers },
  };
}
