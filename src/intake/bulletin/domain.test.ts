import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Kept,
  type Scheme,
  type ScoredFigure,
  departmentScore,
  ranksOf,
  scoreOf,
  scoredFigures,
} from './domain.ts';

const scheme: Scheme = {
  weights: {
    reporting: 20,
    timeliness: 20,
    compliance: 20,
    completeness: 10,
    association: 10,
    continuity: 8,
    coverage: 5,
    duplicate: 2,
    wrongCode: 3,
    correction: 2,
  },
  full: { completeness: 950, association: 980, correction: 950, duplicate: 10, wrongCode: 1 },
  deductionConcealed: 2,
  deductionMost: 10,
};

const value = (numerator: number, denominator: number): Kept => ({
  state: 'value',
  numerator,
  denominator,
  unknownItems: 0,
});
const unknown: Kept = { state: 'UNKNOWN', numerator: null, denominator: null, unknownItems: 0 };
const notDue: Kept = { state: 'NA', numerator: null, denominator: null, unknownItems: 0 };

const all = (figure: Kept, change: Partial<Record<ScoredFigure, Kept>> = {}) =>
  ({
    ...Object.fromEntries(scoredFigures.map((name) => [name, figure])),
    ...change,
  }) as Record<ScoredFigure, Kept>;
const spotless = all(value(1, 1), { duplicate: value(0, 1), wrongCode: value(0, 1) });

const kept: fc.Arbitrary<Kept> = fc.oneof(
  fc.constant(unknown),
  fc.constant(notDue),
  fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 50 })).map(([n, d]) => value(Math.min(n, d), d)),
);
const due = fc.record(
  Object.fromEntries(scoredFigures.map((name) => [name, kept])) as Record<
    ScoredFigure,
    typeof kept
  >,
);

describe('the score of an item', () => {
  it('is a hundred where everything is as it should be, and nothing is open', () => {
    expect(scoreOf(spotless, scheme)).toEqual({ lowest: 10_000, highest: 10_000, known: 10_000 });
  });

  it('of the worked example of the data standard is worked out by hand', () => {
    const figures = all(unknown, {
      reporting: value(36, 40),
      timeliness: value(34, 36),
      compliance: value(33, 36),
      completeness: value(833, 840),
      association: value(34, 35),
      duplicate: value(2, 38),
      wrongCode: value(0, 36),
      correction: value(2, 3),
    });
    // Four of forty did not come. As bad ones: 18 + 17 + 16.5 + 8.925 + 8.7179 + 1.8947 + 2.7 + 0.5714;
    // as good ones: 18 + 19 + 18.5 + 10 + 9.7436 + 1.8947 + 3 + 1.7143. Continuity and coverage are open.
    expect(scoreOf(figures, scheme)).toEqual({ lowest: 7_431, highest: 9_485, known: 8_700 });
  });

  it('does not exist where it was declared that nothing was due', () => {
    expect(scoreOf(all(notDue), scheme)).toBeNull();
    expect(scoreOf(all(unknown, { reporting: notDue }), scheme)).toBeNull();
  });

  it('of silence is nothing at the lowest, and never certain', () => {
    expect(scoreOf(all(unknown), scheme)).toEqual({ lowest: 0, highest: 10_000, known: 0 });
  });

  it('never rises at its lowest end when something becomes unknown', () => {
    fc.assert(
      fc.property(due, fc.constantFrom(...scoredFigures), (figures, name) => {
        fc.pre(figures[name].state === 'value' && figures.reporting.state !== 'NA');
        const before = scoreOf(figures, scheme)!;
        const after = scoreOf({ ...figures, [name]: unknown }, scheme)!;
        expect(after.lowest).toBeLessThanOrEqual(before.lowest);
        expect(after.highest).toBeGreaterThanOrEqual(before.highest);
      }),
    );
  });

  it('always lies within its own ends, between nought and a hundred', () => {
    fc.assert(
      fc.property(due, (figures) => {
        const score = scoreOf(figures, scheme);
        if (score === null) return;
        expect(score.lowest).toBeGreaterThanOrEqual(0);
        expect(score.highest).toBeLessThanOrEqual(10_000);
        expect(score.lowest).toBeLessThanOrEqual(score.highest);
        // Where all is known and all came, the ends meet.
        const { numerator, denominator } = figures.reporting;
        if (score.known === 10_000 && numerator === denominator) {
          expect(score.lowest).toBe(score.highest);
        }
      }),
    );
  });
});

type Fact = {
  readonly inTime: boolean;
  readonly right: boolean;
  readonly corrected: boolean;
  readonly linked: boolean;
  readonly filled: number;
  readonly wrongCode: boolean;
};
const fact: fc.Arbitrary<Fact> = fc.record({
  inTime: fc.boolean(),
  right: fc.boolean(),
  corrected: fc.boolean(),
  linked: fc.boolean(),
  filled: fc.nat(10),
  wrongCode: fc.boolean(),
});

/** Figures of facts as data-standards §6.3 counts them. */
function figuresOfFacts(facts: readonly Fact[], produced: number | null) {
  const count = (test: (one: Fact) => boolean) => facts.filter(test).length;
  const share = (n: number, d: number, none: Kept = unknown) => (d === 0 ? none : value(n, d));
  const stored = count(({ right, corrected }) => right || corrected);
  const errors = count(({ right }) => !right);
  return all(notDue, {
    reporting:
      produced === null ? unknown : share(Math.min(facts.length, produced), produced, notDue),
    timeliness: share(
      count(({ inTime, right, corrected }) => inTime && (right || corrected)),
      facts.length,
    ),
    compliance: share(
      count(({ right }) => right),
      facts.length,
    ),
    completeness: share(
      facts.reduce((sum, { filled }) => sum + filled, 0),
      facts.length * 10,
    ),
    association: share(
      count(({ right, corrected, linked }) => linked && (right || corrected)),
      stored,
    ),
    wrongCode: share(
      count(({ wrongCode }) => wrongCode),
      facts.length,
    ),
    correction: share(
      count(({ right, corrected }) => !right && corrected),
      errors,
      facts.length === 0 ? unknown : notDue,
    ),
  });
}

const facts = fc.array(fact, { minLength: 1, maxLength: 30 });

describe('leaving out a row', () => {
  const leavingOut = (produced: (came: number, missing: number) => number | null) =>
    fc.property(facts, fc.nat(), fc.nat(5), (facts, at, missing) => {
      const less = facts.filter((_, no) => no !== at % facts.length);
      const declared = produced(facts.length, missing);
      const before = scoreOf(figuresOfFacts(facts, declared), scheme)!;
      const after = scoreOf(figuresOfFacts(less, declared), scheme)!;
      // Ends are rounded to a hundredth of a point.
      expect(after.lowest).toBeLessThanOrEqual(before.lowest + 1);
    });

  it('never pays at the lowest end where all of it was declared, however bad the row', () => {
    fc.assert(leavingOut((came, missing) => came + missing));
  });

  it('never pays at the lowest end where nobody declared anything', () => {
    fc.assert(leavingOut(() => null));
  });
});

describe('the score of a department', () => {
  it('never gains at its lowest end by silence on one of its items', () => {
    fc.assert(
      fc.property(fc.array(due, { minLength: 1, maxLength: 5 }), fc.nat(4), (items, at) => {
        const scores = items.map((figures) => scoreOf(figures, scheme));
        const place = at % scores.length;
        fc.pre(scores[place] !== null);
        const silent = scores.map((score, no) =>
          no === place ? scoreOf(all(unknown), scheme) : score,
        );
        const [before, after] = [scores, silent].map((some) => departmentScore(some, 0, scheme)!);
        expect(after!.lowest).toBeLessThanOrEqual(before!.lowest);
      }),
    );
  });

  it('loses two points for each concealed decision, ten at most', () => {
    const spotlessScore = [scoreOf(spotless, scheme)];
    expect(departmentScore(spotlessScore, 1, scheme)!.lowest).toBe(9_800);
    expect(departmentScore(spotlessScore, 9, scheme)!.lowest).toBe(9_000);
    expect(departmentScore([scoreOf(all(unknown), scheme)], 9, scheme)!.lowest).toBe(0);
  });

  it('does not exist where nothing was due of any item', () => {
    expect(departmentScore([null, null], 0, scheme)).toBeNull();
  });
});

describe('ranks', () => {
  it('are the same for the same score, and left open for who has none', () => {
    const at = (lowest: number) => ({ lowest, highest: 10_000, known: 5_000 });
    expect(ranksOf([at(9_000), null, at(9_500), at(9_000), at(100)])).toEqual([2, null, 1, 2, 4]);
  });
});
