/** Turns a reply into a response: validator, cache headers, 304, compression, length. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Instant, dayOf, endOfDay, instantMs } from '../../kernel/day.ts';
import type { CacheRule, FileBody, Reply } from './reply.ts';

const gzipped = promisify(gzip);

/** Longest time a public page may be kept, in seconds; the end of the day in UTC+8 may be nearer. */
export const pageSecondsMax = 60;
const compressBytesMin = 1024;
const compressible = /^(text\/|application\/(json|problem\+json|xml)|image\/svg)/;

/** When a reply was begun, by whose day it was worked out, and when it goes out. */
export type Moments = { readonly made: Instant; readonly now: Instant };

/**
 * Whole seconds a page may be kept: it must not outlive the day it was worked out for, which ends at
 * midnight in UTC+8 even when the page goes out after it.
 */
export function freshSeconds({ made, now }: Moments): number {
  const left = Math.floor((instantMs(endOfDay(dayOf(made))) + 1 - instantMs(now)) / 1000);
  return Math.max(0, Math.min(pageSecondsMax, left));
}

function cacheControl(rule: CacheRule, moments: Moments): string {
  switch (rule) {
    case 'none':
      return 'no-store';
    case 'fixed':
      return 'public, max-age=31536000, immutable';
    case 'day':
      return `public, max-age=${freshSeconds(moments)}, must-revalidate`;
  }
}

/** Weak, because the same page goes out compressed and plain. */
function etagOf(body: string | Uint8Array): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Whether an `If-None-Match` names this validator (RFC 9110 §13.1.2: weak comparison). */
export function matchesEtag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const bare = (value: string) => value.trim().replace(/^W\//, '');
  return header.split(',').some((value) => bare(value) === '*' || bare(value) === bare(etag));
}

/** Whether the reader takes gzip: named, or `*`, and not with a weight of nought. */
export function takesGzip(header: string | null): boolean {
  if (header === null) return false;
  const weights = new Map(
    header.split(',').map((part) => {
      const [coding = '', ...parameters] = part.split(';').map((text) => text.trim());
      const q = parameters.find((text) => text.startsWith('q='));
      return [coding.toLowerCase(), q === undefined ? 1 : Number(q.slice(2))] as const;
    }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/** What goes out when nothing else works any more. */
export function plainFault(): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return new Response('程序出现错误。Something broke on our side.\n', { status: 500, headers });
}

// Files of a program stand in memory and never change; each is compressed once.
const compressedOnce = new WeakMap<Uint8Array, Promise<Buffer>>();

function compressed(body: string | Uint8Array): Promise<Buffer> {
  if (typeof body === 'string') return gzipped(body);
  const known = compressedOnce.get(body) ?? gzipped(body);
  compressedOnce.set(body, known);
  return known;
}

function isFile(body: Reply['body']): body is FileBody {
  return typeof body === 'object' && 'open' in body;
}

/** A file goes out as it is read; whoever goes away while it does closes it. */
function fileResponse({ open, sizeBytes }: FileBody, status: number, headers: Headers): Response {
  headers.set('content-length', String(sizeBytes));
  return new Response(Readable.toWeb(open()) as ReadableStream, { status, headers });
}

/** The response for a request. Moments are of the installation's clock, not the machine's. */
export async function deliver(
  reply: Reply,
  request: { readonly headers: Headers },
  moments: Moments,
): Promise<Response> {
  const headers = new Headers({
    ...reply.headers,
    'content-type': reply.type,
    'cache-control': cacheControl(reply.cache, moments),
  });
  headers.append('vary', 'Accept-Encoding');
  if (isFile(reply.body)) return fileResponse(reply.body, reply.status, headers);
  // Large type is a cookie: a page kept for one reader must not be given to another.
  if (reply.cache === 'day') headers.append('vary', 'Cookie');
  if (reply.status === 200 && reply.cache !== 'none') {
    const etag = etagOf(reply.body);
    headers.set('etag', etag);
    if (matchesEtag(request.headers.get('if-none-match'), etag)) {
      headers.delete('content-type');
      return new Response(null, { status: 304, headers });
    }
  }
  let bytes: Buffer = Buffer.from(reply.body as Uint8Array);
  if (
    bytes.length >= compressBytesMin &&
    compressible.test(reply.type) &&
    takesGzip(request.headers.get('accept-encoding'))
  ) {
    bytes = await compressed(reply.cache === 'fixed' ? reply.body : bytes);
    headers.set('content-encoding', 'gzip');
  }
  headers.set('content-length', String(bytes.length));
  return new Response(bytes.length === 0 ? null : new Uint8Array(bytes), {
    status: reply.status,
    headers,
  });
}
