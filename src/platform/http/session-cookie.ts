/** Sessions of browsers: the cookie that carries a token, and whether a page of another site asks. */
import { timingSafeEqual } from 'node:crypto';
import type { Networks } from './addresses.ts';
import { type EdgeContext, isSecure } from './edge.ts';
import { plainText } from './wanted.ts';

/** A cookie of sessions: its name, and the proxies that may say a connection is encrypted. */
export type SessionCookie = { readonly name: string; readonly trustedProxies: Networks };

// The prefix makes browsers refuse the cookie from a neighbour's host, or without encryption.
const nameOf = ({ name }: SessionCookie, secure: boolean) => (secure ? `__Host-${name}` : name);

/** The header that gives a browser its token; `null` takes it away. */
export function setSessionCookie(
  c: EdgeContext,
  cookie: SessionCookie,
  token: string | null,
): string {
  const secure = isSecure(c, cookie.trustedProxies);
  const flags = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return token === null
    ? `${nameOf(cookie, secure)}=; ${flags}; Max-Age=0`
    : `${nameOf(cookie, secure)}=${token}; ${flags}`;
}

/** The token a browser sent, if it has the form of one. */
export function sessionToken(c: EdgeContext, cookie: SessionCookie): string | null {
  const name = nameOf(cookie, isSecure(c, cookie.trustedProxies));
  const found = (c.req.header('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  const token = found?.slice(name.length + 1) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

/** Whether a page of another site sends the request; browsers say so, programs need not. */
export function isFromElsewhere(c: EdgeContext, ownOrigin: string | null | undefined): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = c.req.header('origin');
  if (origin === undefined) return false;
  // Our pages send no referrer, so browsers give forms no origin; that they are ours is said by the site.
  if (origin === 'null' && site === 'same-origin') return false;
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  const own = ownOrigin ?? `${new URL(c.req.url).protocol}//${host}`;
  return origin !== own && origin.replace(/^https?:\/\//, '') !== host;
}

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a browser calls itself, in plain letters. */
export function deviceOf(c: EdgeContext): string {
  return (c.req.header('user-agent') ?? '').replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200);
}

/** The fields of a posted form; `null`: it is none, or longer than `bytesMax`. The first of a name counts, without control characters. */
export async function readForm(
  c: EdgeContext,
  bytesMax: number,
): Promise<ReadonlyMap<string, string> | null> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return null;
  if (Number(c.req.header('content-length') ?? 0) > bytesMax) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > bytesMax) return null;
    chunks.push(chunk as Uint8Array);
  }
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString('utf8'))) {
    if (!fields.has(name)) fields.set(name, plainText(value));
  }
  return fields;
}
