/** Limits of one matter as the rulebook in force has them: the nation's, overlaid by province and city. */
import type { Day } from '../day.ts';
import { assert } from '../result.ts';
import { type Rulebook, editionKey, inForce } from './rulebook.ts';
import type { DocumentOf } from './document.ts';

/** Limits whose keys begin alike. Keys are asked for without that beginning. */
export type Limits = {
  /** Keys of the editions they stand in, joined with 、. */
  readonly edition: string;
  /** The value under a key, `undefined` where there is none. */
  readonly value: (key: string) => string | number | boolean | undefined;
  /** The number under a key; the shipped rulebook has one for every key the code asks for. */
  readonly figure: (key: string) => number;
};

const rank = { nation: 1, province: 2, city: 3 } as const;

/** The limits under a prefix (`quality.`) in force on a day at a place (division code). */
export function limitsUnder(rulebook: Rulebook, prefix: string, on: Day, place: string): Limits {
  const found = inForce(rulebook, 'limits', on, place)
    .flatMap(({ document }) =>
      document.limits.some(({ key }) => key.startsWith(prefix)) ? [document] : [],
    )
    .sort((a, b) => rank[a.layer] - rank[b.layer]);
  const values = new Map(
    found.flatMap(({ limits }) => limits.map(({ key, value }) => [key, value] as const)),
  );
  return {
    edition: found.map(editionKey).join('、'),
    value: (key) => values.get(prefix + key),
    figure(key) {
      const value = values.get(prefix + key);
      assert(typeof value === 'number', `no limit ${prefix}${key} in force on ${on}`);
      return value;
    },
  };
}

/** One limit as it stands in its edition: value, unit, what it applies to, what it rests on. */
export type LimitRow = DocumentOf<'limits'>['limits'][number] & { readonly edition: string };

/** The limit under a whole key in force on a day at a place, the nearest layer first; `null`: none is. */
export function limitRow(
  rulebook: Rulebook,
  key: string,
  on: Day,
  place: string,
): LimitRow | null {
  const found = [...inForce(rulebook, 'limits', on, place)]
    .sort((a, b) => rank[b.document.layer] - rank[a.document.layer])
    .flatMap(({ document }) =>
      document.limits
        .filter((limit) => limit.key === key)
        .map((limit) => ({ ...limit, edition: editionKey(document) })),
    );
  return found[0] ?? null;
}
