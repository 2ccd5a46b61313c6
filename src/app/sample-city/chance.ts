/**
 * Chance by seed: every draw is a function of the seed and of what is drawn for, so that the thousandth
 * organisation can be made without the first 999, and the same seed gives the same city everywhere.
 * Not for secrets.
 */

/** What a draw is for: words and numbers, e.g. `('penalty', delivery, row)`. */
export type Matter = readonly (string | number)[];

/** A stream of draws about one matter. */
export type Chance = {
  /** The next number in `[0, 1)`. */
  readonly next: () => number;
  /** A whole number from 0 to `count - 1`. */
  readonly below: (count: number) => number;
  /** Whether something of this probability happens. */
  readonly happens: (probability: number) => boolean;
  /** One of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T;
};

/** Mixes 32 bits (the finaliser of MurmurHash3): near inputs give far outputs. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const words = new Map<string, number>();

function hashOf(word: string): number {
  const known = words.get(word);
  if (known !== undefined) return known;
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  const hash = mix(h);
  // Only the names of matters come here, a few dozen; whatever else would come must not pile up.
  if (words.size < 1_000) words.set(word, hash);
  return hash;
}

/** 32 bits that stand for a matter under a seed. */
export function keyOfMatter(seed: number, matter: Matter): number {
  let h = mix(seed ^ 0x9e3779b9);
  for (const part of matter) {
    h = mix(Math.imul(h, 31) + (typeof part === 'number' ? mix(part + 0x632be5ab) : hashOf(part)));
  }
  return h;
}

/** The draws about a matter, from the first on. */
export function chanceOf(seed: number, ...matter: Matter): Chance {
  let state = keyOfMatter(seed, matter);
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state) / 0x1_0000_0000;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
  };
}

const totals = new WeakMap<object, number>();

function totalOf(choices: readonly (readonly [unknown, number])[]): number {
  const known = totals.get(choices);
  if (known !== undefined) return known;
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  totals.set(choices, total);
  return total;
}

/** One of weighted choices; the weights need not add up to one. */
export function weighted<T>(chance: Chance, choices: readonly (readonly [T, number])[]): T {
  let left = chance.next() * totalOf(choices);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices.at(-1)![0];
}
