/** The scheme of a bulletin as the rulebook in force has it. Pure. */
import type { Day } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { type Rulebook, editionKey, inForce } from '../../kernel/rulebook/rulebook.ts';
import { type Scheme, type ScoredFigure, scoredFigures } from './domain.ts';

/** What a bulletin goes by, and the edition it stands in. */
export type BulletinRules = {
  readonly edition: string;
  readonly scheme: Scheme;
  readonly confirmationWorkdays: number;
  readonly praise: number;
  readonly errors: number;
  readonly ranked: boolean;
};

const prefix = 'bulletin.';
const rank = { nation: 1, province: 2, city: 3 } as const;
const nameInRules = (figure: ScoredFigure) => (figure === 'wrongCode' ? 'wrong-code' : figure);

/** The rules in force on a day at a place. The shipped rulebook always has them. */
export function rulesOn(rulebook: Rulebook, on: Day, place: string): BulletinRules {
  const found = inForce(rulebook, 'limits', on, place)
    .flatMap(({ document }) =>
      document.limits.some(({ key }) => key.startsWith(prefix)) ? [document] : [],
    )
    .sort((a, b) => rank[a.layer] - rank[b.layer]);
  const values = new Map(
    found.flatMap(({ limits }) => limits.map(({ key, value }) => [key, value] as const)),
  );
  const figure = (key: string): number => {
    const value = values.get(prefix + key);
    assert(typeof value === 'number', `no limit ${prefix}${key} in force on ${on}`);
    return value;
  };
  const full = scoredFigures.flatMap((name): [ScoredFigure, number][] => {
    const value = values.get(`${prefix}full.${nameInRules(name)}`);
    return typeof value === 'number' ? [[name, value]] : [];
  });
  return {
    edition: found.map(editionKey).join('、'),
    scheme: {
      weights: Object.fromEntries(
        scoredFigures.map((name) => [name, figure(`weight.${nameInRules(name)}`)]),
      ) as Scheme['weights'],
      full: Object.fromEntries(full),
      deductionConcealed: figure('deduction.concealed'),
      deductionMost: figure('deduction.most'),
    },
    confirmationWorkdays: figure('confirmation.workdays'),
    praise: figure('praise'),
    errors: figure('errors'),
    ranked: values.get(`${prefix}ranks`) === true,
  };
}
