/** Interval algebra against the plainest model there is: a set of days. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, addDays, day } from '../../kernel/day.ts';
import type { Interval } from './domain.ts';
import { isOpenOn } from './domain.ts';
import { clip, fromMultirange, toMultirange, unite, without } from './domain-intervals.ts';

const zero = day('2026-01-01');
const width = 40;
/** Every day of the model, and one far beyond, which stands for "for ever". */
const days: readonly Day[] = [
  ...Array.from({ length: width }, (_, index) => addDays(zero, index)),
  day('2099-01-01'),
];

const anyDay = fc.integer({ min: 0, max: width - 1 }).map((offset) => addDays(zero, offset));
const anyInterval: fc.Arbitrary<Interval> = fc
  .record({
    from: fc.integer({ min: 0, max: width - 1 }),
    length: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
  })
  .map(({ from, length }) => ({
    from: addDays(zero, from),
    until: length === null ? null : addDays(zero, from + length),
  }));
const anyIntervals = fc.array(anyInterval, { maxLength: 6 });

const openDays = (intervals: readonly Interval[]) => days.filter((on) => isOpenOn(intervals, on));
const within = (from: Day | null, until: Day | null) => (on: Day) =>
  (from === null || from <= on) && (until === null || on < until);

describe('intervals of days', () => {
  test('a union holds exactly the days of its parts, sorted, apart and not touching', () => {
    fc.assert(
      fc.property(anyIntervals, (intervals) => {
        const united = unite(intervals);
        expect(openDays(united)).toEqual(openDays(intervals));
        united.forEach((interval, index) => {
          if (interval.until !== null) expect(interval.until > interval.from).toBe(true);
          const next = united[index + 1];
          if (next !== undefined) {
            expect(interval.until !== null && interval.until < next.from).toBe(true);
          }
        });
      }),
    );
  });

  test('a union does not depend on the order of its parts, and uniting twice changes nothing', () => {
    fc.assert(
      fc.property(anyIntervals, (intervals) => {
        const united = unite(intervals);
        expect(unite([...intervals].reverse())).toEqual(united);
        expect(unite(united)).toEqual(united);
      }),
    );
  });

  test('what is taken out is gone and nothing else is', () => {
    const edge = fc.option(anyDay, { nil: null });
    fc.assert(
      fc.property(anyIntervals, edge, edge, (intervals, from, until) => {
        fc.pre(from === null || until === null || from < until);
        const out = within(from, until);
        expect(openDays(without(intervals, from, until))).toEqual(
          openDays(intervals).filter((on) => !out(on)),
        );
      }),
    );
  });

  test('a clipped interval holds the days both have in common, or is nothing', () => {
    fc.assert(
      fc.property(
        anyInterval,
        anyDay,
        fc.option(anyDay, { nil: null }),
        (interval, from, until) => {
          fc.pre(until === null || from < until);
          const clipped = clip(interval, from, until);
          expect(clipped === null ? [] : openDays([clipped])).toEqual(
            openDays([interval]).filter(within(from, until)),
          );
        },
      ),
    );
  });

  test('a multirange written for the database reads back the same', () => {
    fc.assert(
      fc.property(anyIntervals, (intervals) => {
        const united = unite(intervals);
        expect(fromMultirange(toMultirange(united))).toEqual(united);
      }),
    );
  });
});
