/** Numbers that look like chance and are the same for the same seed (xorshift, 32 bits). */
export type Random = {
  /** A whole number from 0 to `below` − 1. */
  readonly next: (below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
};

/** A sequence of its own for each seed. */
export function seeded(seed: number): Random {
  let state = (seed * 2_654_435_761 + 88_172_645) >>> 0 || 1;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return { next, pick: (list) => list[next(list.length)]! };
}
