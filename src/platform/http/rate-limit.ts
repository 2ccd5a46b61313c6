/** How often one address may ask: token buckets kept in memory, bounded in number. */

/** `burst` requests at once, `perSecond` more as time goes by. */
export type RateLimit = {
  readonly burst: number;
  readonly perSecond: number;
  /** Most addresses remembered; the one that was silent longest is forgotten first. */
  readonly addressesMax: number;
};

/** Whether a request may pass, and if not, in how many seconds the next one may. */
export type RateAnswer = { readonly allowed: boolean; readonly retrySeconds: number };

/** Counts requests by key. `nowMs` is any clock that only moves forward. */
export function makeRateLimiter(
  limit: RateLimit,
  nowMs: () => number,
): (key: string) => RateAnswer {
  // A Map keeps insertion order: taking a key out and putting it back moves it to the end.
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (key) => {
    const at = nowMs();
    const known = buckets.get(key);
    const tokens =
      known === undefined
        ? limit.burst
        : Math.min(limit.burst, known.tokens + ((at - known.atMs) / 1000) * limit.perSecond);
    const allowed = tokens >= 1;
    buckets.delete(key);
    buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atMs: at });
    if (buckets.size > limit.addressesMax) {
      const oldest = buckets.keys().next().value;
      if (oldest !== undefined) buckets.delete(oldest);
    }
    return {
      allowed,
      retrySeconds: allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / limit.perSecond)),
    };
  };
}
