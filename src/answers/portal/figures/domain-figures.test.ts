import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../../kernel/day.ts';
import { type Bar, byMonth, figuresDue, largest, monthsUpTo, united } from './domain-figures.ts';

const bars = fc.uniqueArray(
  fc.record({ key: fc.constantFrom('?', 'A', 'B', 'C', 'D', 'E', 'F'), count: fc.nat(900) }),
  { selector: ({ key }) => key },
);
const sum = (list: readonly Bar[]) => list.reduce((all, { count }) => all + count, 0);

describe('a chart', () => {
  it('names every month once, over the turn of the year', () => {
    expect(monthsUpTo('2026-02-28' as Day, 4)).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(byMonth([{ key: '2026-01', count: 3 }], ['2025-12', '2026-01'])).toEqual([
      { key: '2025-12', count: 0 },
      { key: '2026-01', count: 3 },
    ]);
  });

  it('adds up to the total, whatever is cut off, and never tells less than nought', () => {
    fc.assert(
      fc.property(bars, fc.nat(5), fc.nat(500), (rows, most, more) => {
        const cut = largest(rows, most, sum(rows) + more);
        expect(sum(cut)).toBe(sum(rows) + more);
        expect(cut.every(({ count }) => count >= 0)).toBe(true);
      }),
    );
  });

  it('puts the largest first and the unknown after the known', () => {
    const rows = [
      { key: '?', count: 9 },
      { key: 'A', count: 1 },
      { key: 'B', count: 5 },
    ];
    expect(largest(rows, 1, 15).map(({ key }) => key)).toEqual(['B', '?', 'rest']);
  });

  it('loses nothing when bars of one name are put together', () => {
    fc.assert(
      fc.property(bars, (rows) => {
        expect(sum(united(rows, (key) => (key < 'C' ? 'low' : 'high')))).toBe(sum(rows));
      }),
    );
  });
});

describe('figures are worked out anew', () => {
  const run = { day: '2026-06-01', lawDigest: 'a', madeAtMs: 0, seconds: 1 };
  const now = { day: '2026-06-01', lawDigest: 'a', nowMs: 0, newestChangeMs: null };

  it('at once on a new day, under another law, and where there are none', () => {
    expect(figuresDue(null, now)).toBe(true);
    expect(figuresDue(run, { ...now, day: '2026-06-02' })).toBe(true);
    expect(figuresDue(run, { ...now, lawDigest: 'b' })).toBe(true);
    expect(figuresDue(run, now)).toBe(false);
  });

  it('after a delivery once a minute has passed, or fifty times the work', () => {
    const delivered = { ...now, newestChangeMs: 5 };
    expect(figuresDue(run, { ...delivered, nowMs: 59_000 })).toBe(false);
    expect(figuresDue(run, { ...delivered, nowMs: 60_000 })).toBe(true);
    expect(figuresDue({ ...run, seconds: 10 }, { ...delivered, nowMs: 499_000 })).toBe(false);
    expect(figuresDue({ ...run, seconds: 10 }, { ...delivered, nowMs: 500_000 })).toBe(true);
  });

  it('after an hour in which nothing came, because an act may have closed a record', () => {
    expect(figuresDue(run, { ...now, nowMs: 3_599_000 })).toBe(false);
    expect(figuresDue(run, { ...now, nowMs: 3_600_000 })).toBe(true);
  });
});
