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
});
const unknown: Kept = { state: 'UNKNOWN', numerator: null, denominator: null };
const notDue: Kept = { state: 'NA', numerator: null, denominator: null };

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
    // 18 + 18.8889 + 18.3333 + 10 + 9.7143 + 1.8947 + 3 + 1.3333 = 81.1645; continuity and coverage open.
    expect(scoreOf(figures, scheme)).toEqual({ lowest: 8_116, highest: 9_416, known: 8_700 });
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
        // Where all is known, the ends meet.
        if (score.known === 10_000) expect(score.lowest).toBe(score.highest);
      }),
    );
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
