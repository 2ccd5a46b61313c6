/** The scheme of a bulletin as the rulebook in force has it. Pure. */
import type { Day } from '../../kernel/day.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
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

const nameInRules = (figure: ScoredFigure) => (figure === 'wrongCode' ? 'wrong-code' : figure);

/** The rules in force on a day at a place. The shipped rulebook always has them. */
export function rulesOn(rulebook: Rulebook, on: Day, place: string): BulletinRules {
  const { edition, value, figure } = limitsUnder(rulebook, 'bulletin.', on, place);
  const full = scoredFigures.flatMap((name): [ScoredFigure, number][] => {
    const most = value(`full.${nameInRules(name)}`);
    return typeof most === 'number' ? [[name, most]] : [];
  });
  return {
    edition,
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
    ranked: value('ranks') === true,
  };
}
