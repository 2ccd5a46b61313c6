/**
 * Readers known by a session that held a moment ago. A whole office sits behind one address; whoever has
 * signed in is counted alone and not with all the others, and a flood from one desk stops that desk only.
 * A token nobody has vouched for says nothing: its request counts for its address, without a look into
 * the database.
 */
import { createHash } from 'node:crypto';

/** Tokens of sessions that held, bounded in number and in time. Only digests are kept. */
export type KnownReaders = {
  /** Somebody vouched for a token. */
  readonly remember: (token: string) => void;
  /** By what a reader is counted, from the `Cookie` header; `null`: nothing in it is known. */
  readonly keyOf: (cookies: string | null) => string | null;
};

const tokensLookedAt = 8;
const digestOf = (token: string) => createHash('sha256').update(token).digest('base64url');

/** `most`: tokens remembered, the longest unused forgotten first; `keptMs`: for how long after the last use. */
export function makeKnownReaders(
  { most, keptMs }: { readonly most: number; readonly keptMs: number },
  nowMs: () => number,
): KnownReaders {
  const seen = new Map<string, number>();
  return {
    remember(token) {
      const key = digestOf(token);
      seen.delete(key);
      seen.set(key, nowMs());
      const [oldest] = seen.keys();
      if (seen.size > most && oldest !== undefined) seen.delete(oldest);
    },
    keyOf(cookies) {
      const tokens = (cookies ?? '')
        .split(';')
        .map((part) => part.slice(part.indexOf('=') + 1).trim())
        .filter((value) => /^[A-Za-z0-9_-]{43}$/.test(value));
      const known = tokens.slice(0, tokensLookedAt).map(digestOf);
      const fresh = known.find((key) => nowMs() - (seen.get(key) ?? -Infinity) <= keptMs);
      return fresh === undefined ? null : `session ${fresh}`;
    },
  };
}
