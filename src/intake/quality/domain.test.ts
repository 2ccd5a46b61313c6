import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarData } from '../../kernel/calendar.ts';
import { type Day, addDays, day } from '../../kernel/day.ts';
import {
  type KeyGroup,
  type Rhythm,
  type SourceMonth,
  accuracy,
  addUp,
  continuity,
  coverage,
  figureNames,
  figuresOf,
  freshSince,
  isPunctual,
  monthOf as monthNamed,
  omission,
  reportingRate,
} from './domain.ts';
import {
  type Thresholds,
  oddAbsence,
  oddDays,
  oddShare,
  oddSilence,
  oddVolume,
} from './domain-anomalies.ts';

const calendar: CalendarData = {
  coversFrom: day('2026-01-01'),
  coversTo: day('2026-12-31'),
  exceptions: new Map(),
};
const rhythm = { frequency: 'month', allowance: { count: 7, unit: 'workday' } } as const;

const fact = fc.record({
  decidedOn: fc.option(fc.constantFrom(day('2026-02-20'), day('2026-03-02'))),
  corrected: fc.boolean(),
  passed: fc.boolean(),
  matched: fc.boolean(),
  filled: fc.nat(8),
});
type Drawn = typeof fact extends fc.Arbitrary<infer T> ? T : never;

function groupOf({ decidedOn, corrected, passed, matched, filled }: Drawn, item = 'a'): KeyGroup {
  const acceptedOn: Day | null = passed ? day('2026-03-05') : corrected ? day('2026-03-20') : null;
  return {
    provider: 'p',
    item,
    decidedOn,
    period: null,
    firstOn: day('2026-03-05'),
    acceptedOn,
    received: 1,
    firstPassed: passed ? 1 : 0,
    matched: matched && acceptedOn !== null ? 1 : 0,
    wrongCode: passed ? 0 : 1,
    cellsRequired: 8,
    cellsFilled: filled,
  };
}

function monthOf(drawn: readonly Drawn[], produced: number | null): SourceMonth {
  const groups = drawn.map((one) => groupOf(one));
  return {
    provider: 'p',
    item: 'a',
    groups,
    duplicates: 0,
    natural: 0,
    produced,
    heardIn: [],
    deliveredIn: [],
    owedSince: null,
    sampled: null,
    fresh: null,
  };
}
const figures = (drawn: readonly Drawn[], produced: number | null) =>
  figuresOf(monthOf(drawn, produced), '2026-03', rhythm, calendar).figures;

describe('figures of a month', () => {
  it('leave out nothing to their good: fewer facts never improve what was declared', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (received, produced) => {
        const all = reportingRate(received + 1, produced).value ?? 0;
        expect(reportingRate(received, produced).value ?? 0).toBeLessThanOrEqual(all);
        const missing = omission(received + 1, produced).value!;
        expect(omission(received, produced).value).toBeGreaterThanOrEqual(missing);
      }),
    );
  });

  it('never call silence good: with nothing received no rate has a value above zero', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(50)), (produced) => {
        const silent = figures([], produced);
        for (const name of figureNames) {
          if (name === 'omission') continue;
          expect([name, silent[name].value ?? 0]).toEqual([name, 0]);
        }
      }),
    );
  });

  it('are never worse at last for a correction', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 1, maxLength: 20 }), fc.nat(), (drawn, at) => {
        const index = at % drawn.length;
        const better = drawn.map((one, no) => (no === index ? { ...one, corrected: true } : one));
        expect(figures(better, 5).complianceFinal.value!).toBeGreaterThanOrEqual(
          figures(drawn, 5).complianceFinal.value!,
        );
      }),
    );
  });

  it('count a period once however often it was heard, and only periods that have ended', () => {
    const quarterly = { frequency: 'quarter', allowance: 'unknown' } as const;
    const yearly = { frequency: 'year', allowance: 'unknown' } as const;
    const every = ['2026-01', '2026-02', '2026-03', '2026-04'];
    expect(continuity(quarterly, '2026-04', every)).toMatchObject({ numerator: 1, denominator: 4 });
    // The quarter runs on: what came in it counts when it has ended.
    expect(continuity(quarterly, '2026-05', ['2026-04'])).toMatchObject({ numerator: 0 });
    expect(continuity(quarterly, '2026-06', ['2026-04'])).toMatchObject({ numerator: 1 });
    const quarters = ['2025-07', '2025-12', '2026-02', '2026-06', '2025-06'];
    expect(continuity(quarterly, '2026-06', quarters)).toMatchObject({ value: 1, denominator: 4 });
    expect(continuity(yearly, '2026-11', ['2025-01'])).toMatchObject({ value: 1, denominator: 1 });
    expect(continuity(yearly, '2026-12', ['2025-12'])).toMatchObject({ value: 0, denominator: 1 });
    expect(continuity(rhythm, '2026-04', every)).toMatchObject({ numerator: 4, denominator: 12 });
  });

  it('are no more continuous for a month less heard, and not at all for silence', () => {
    const month = fc
      .integer({ min: 2024 * 12, max: 2026 * 12 + 2 })
      .map((no) => `${Math.floor(no / 12)}-${String((no % 12) + 1).padStart(2, '0')}`);
    const frequency = fc.constantFrom('day', 'month', 'quarter', 'half-year', 'year');
    fc.assert(
      fc.property(frequency, fc.array(month, { minLength: 1 }), (often, heard) => {
        const of = { frequency: often as 'day', allowance: 'unknown' } as const;
        const all = continuity(of, '2026-03', heard).value!;
        expect(all).toBeLessThanOrEqual(1);
        expect(continuity(of, '2026-03', heard.slice(1)).value!).toBeLessThanOrEqual(all);
        expect(continuity(of, '2026-03', []).value).toBe(0);
      }),
    );
  });

  it('expect no period that began before the unit had to report', () => {
    const quarterly = { frequency: 'quarter', allowance: 'unknown' } as const;
    const since = (on: string) => continuity(quarterly, '2026-06', [], day(on));
    expect(since('2025-04-02')).toMatchObject({ value: 0, denominator: 4 });
    expect(since('2026-01-01')).toMatchObject({ value: 0, denominator: 2 });
    expect(since('2026-01-02')).toMatchObject({ value: 0, denominator: 1 });
    expect(since('2026-04-02').state).toBe('NA');
  });

  it('cover an item the unit has to report, once it is heard; silence covers nothing', () => {
    const quarterly = { frequency: 'quarter', allowance: 'unknown' } as const;
    const unknown = { frequency: 'unknown', allowance: 'unknown' } as const;
    const often = { frequency: 'on-occurrence', allowance: 'unknown' } as const;
    const owed = (on: string | null, deliveredIn: string[] = [], heardIn = deliveredIn) => ({
      ...{ deliveredIn, heardIn },
      owedSince: on === null ? null : day(on),
    });
    const of = (source: ReturnType<typeof owed>, how: Rhythm) => coverage(source, how, '2026-06');
    expect(of(owed(null, ['2026-05']), quarterly).state).toBe('UNKNOWN');
    expect(of(owed('2020-01-01', ['2025-07']), quarterly).value).toBe(1);
    expect(of(owed('2020-01-01', ['2025-06']), quarterly).value).toBe(0);
    expect(of(owed('2026-01-01', [], ['2026-03']), quarterly).state).toBe('NA');
    expect(of(owed('2026-05-01'), quarterly).state).toBe('NA');
    expect(of(owed('2025-07-01'), unknown).value).toBe(0);
    expect(of(owed('2025-07-02'), unknown).state).toBe('UNKNOWN');
    expect(of(owed('2020-01-01'), often).state).toBe('UNKNOWN');
  });

  it('tell who never delivered once a period of the directory has gone by, or all months looked back upon', () => {
    const limits = { historyMonths: 12 } as Thresholds;
    expect(oddAbsence(2, 3, limits)).toBeNull();
    expect(oddAbsence(7, 3, limits)).toMatchObject({ kind: 'silence', expected: 2, seen: 0 });
    expect(oddAbsence(11, null, limits)).toBeNull();
    expect(oddAbsence(12, null, limits)).toMatchObject({ rule: 'quality.silence.never' });
  });

  it('take the middle of the days to correction, each fact for itself', () => {
    const group = (days: number, facts: number): KeyGroup => ({
      ...groupOf({ decidedOn: null, corrected: true, passed: false, matched: false, filled: 0 }),
      acceptedOn: addDays(day('2026-03-05'), days),
      received: facts,
    });
    const middle = (...groups: KeyGroup[]) =>
      figuresOf({ ...monthOf([], null), groups }, '2026-03', rhythm, calendar).correctionDays;
    expect(middle(group(2, 1), group(9, 3))).toBe(9);
    expect(middle(group(2, 2), group(9, 2))).toBe(5.5);
    expect(middle()).toBeNull();
  });

  it('know accuracy only of a sample judged to its end, and no better for papers not shown', () => {
    const counts = fc
      .record({ size: fc.integer({ min: 1, max: 50 }), judged: fc.nat(50), right: fc.nat(50) })
      .map(({ size, judged, right }) => {
        const seen = Math.min(judged, size);
        return { size, judged: seen, right: Math.min(right, seen) };
      });
    expect(accuracy(null).state).toBe('UNKNOWN');
    fc.assert(
      fc.property(counts, (sampled) => {
        const found = accuracy(sampled);
        if (sampled.judged < sampled.size) expect(found.state).toBe('UNKNOWN');
        else expect(found).toMatchObject({ numerator: sampled.right, denominator: sampled.size });
      }),
    );
  });

  it('call fresh what was changed within one and a half periods before the end of the month', () => {
    const march = monthNamed('2026-03');
    if (!march.ok) throw new Error('no month');
    expect(freshSince('month', march.value, 1.5)).toBe('2026-02-14');
    expect(freshSince('year', march.value, 1.5)).toBe('2024-09-30');
    expect(freshSince('on-occurrence', march.value, 1.5)).toBeNull();
    // A daily source is not fresh for six weeks.
    expect(freshSince('day', march.value, 1.5)).toBe('2026-03-30');
    expect(freshSince('week', march.value, 1.5)).toBe('2026-03-21');
  });

  it('start the clock of an item without decisions at the end of the period it is of', () => {
    const quarterly = { frequency: 'quarter', allowance: { count: 10, unit: 'day' } } as const;
    const fact = (acceptedOn: string | null, period: string | null) => ({
      decidedOn: null,
      period,
      acceptedOn: acceptedOn === null ? null : day(acceptedOn),
    });
    expect(isPunctual(fact('2026-04-10', '2026-02'), quarterly, calendar)).toBe(true);
    expect(isPunctual(fact('2026-04-11', '2026-02'), quarterly, calendar)).toBe(false);
    expect(isPunctual(fact('2026-01-10', '2025-12'), quarterly, calendar)).toBe(true);
    expect(isPunctual(fact('2026-04-11', null), quarterly, calendar)).toBeNull();
    expect(isPunctual(fact(null, '2026-02'), quarterly, calendar)).toBe(false);
  });

  it('add up over items as if they were one', () => {
    fc.assert(
      fc.property(fc.array(fact), fc.array(fact), (one, other) => {
        const parts = [one, other].map((drawn) =>
          figuresOf(monthOf(drawn, null), '2026-03', rhythm, calendar),
        );
        const whole = figures([...one, ...other], null);
        for (const name of ['compliance', 'complianceFinal', 'timeliness', 'completeness'] as const)
          expect([name, addUp(parts, name).value]).toEqual([name, whole[name].value]);
      }),
    );
  });
});

const limits: Thresholds = {
  historyMonths: 12,
  historyLeast: 5,
  volumeDeviations: 4.5,
  volumeTimes: 2.5,
  silenceGaps: 8,
  silenceRows: 7,
  shareRows: 10,
  shareLeast: 0.2,
  shareTimes: 3,
  shareDeviations: 4.5,
  daysShareLeast: 0.6,
};

/** A repeatable source of numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function poisson(mean: number, next: () => number): number {
  let count = 0;
  for (let left = next(); left > Math.exp(-mean); left *= next()) count += 1;
  return count;
}

const history = 13;

describe('a source that goes on as it always did', () => {
  it('raises an alarm in fewer than one month of five hundred', () => {
    let alarms = 0;
    let judged = 0;
    for (let seed = 1; seed <= 4_000; seed += 1) {
      const next = numbers(seed * 7919);
      const mean = [3, 8, 25, 80, 300][seed % 5]!;
      const share = [0.02, 0.1, 0.3, 0.7][seed % 4]!;
      const totals = Array.from({ length: history }, () => poisson(mean, next));
      const counts = totals.map(
        (total) => Array.from({ length: total }, () => next()).filter((at) => at < share).length,
      );
      const values = totals.map(
        (total) => Array.from({ length: total }, () => next()).filter((at) => at < 0.4).length,
      );
      const days = totals.map((total) => {
        const month = new Map<string, number>();
        for (let row = 0; row < total; row += 1) {
          const on = `2026-03-${String(1 + Math.floor(next() * 20)).padStart(2, '0')}`;
          month.set(on, (month.get(on) ?? 0) + 1);
        }
        return month;
      });
      judged += 1;
      const odd = [
        oddVolume(totals, limits),
        oddSilence(totals, null, limits),
        oddShare('error-burst', { what: 'F01', counts, totals }, limits),
        oddShare('code-share', { what: '处罚类别=警告', counts: values, totals }, limits),
        oddDays(days, limits),
      ];
      if (odd.some((one) => one !== null)) alarms += 1;
    }
    console.info(`false alarms: ${alarms} of ${judged} source months`);
    expect(alarms / judged).toBeLessThan(1 / 500);
  });
});

describe('a source that does something else', () => {
  const usual = Array.from({ length: 12 }, (_, no) => 20 + (no % 3));

  it('is found with five times as many rows, and with a sixth as many', () => {
    expect(oddVolume([...usual, 105], limits)).toMatchObject({ kind: 'volume', expected: 21 });
    expect(oddVolume([...usual, 3], limits)).toMatchObject({ kind: 'volume', seen: 3 });
    expect(oddVolume([...usual, 30], limits)).toBeNull();
  });

  it('is found silent, in the first month and in those after, and after one earlier gap', () => {
    expect(oddSilence([...usual, 0], null, limits)).toMatchObject({ kind: 'silence' });
    expect(oddSilence([...usual.slice(0, 10), 0, 0, 0], null, limits)).not.toBeNull();
    const gap = [...usual.slice(0, 3), 0, ...usual.slice(0, 8), 0];
    expect(oddSilence(gap, null, limits)).toMatchObject({ rule: 'quality.silence.rhythm' });
    expect(oddSilence([20, 0, 20, 0], null, limits)).toBeNull();
    expect(oddSilence([20, 0, 20, 0], 1, limits)).toMatchObject({
      rule: 'quality.silence.frequency',
    });
  });

  it('is found with one mistake in half of its rows, and with one value in nearly all', () => {
    const totals = [...usual, 20];
    const few = { what: 'C06', counts: [...usual.map(() => 0), 10], totals };
    expect(oddShare('error-burst', few, limits)).toMatchObject({ what: 'C06', seen: 0.5 });
    const third = { what: '警告', counts: [...usual.map((n) => Math.round(n / 3)), 18], totals };
    expect(oddShare('code-share', third, limits)).toMatchObject({ seen: 0.9 });
  });

  it('is found with all decisions on one day, named a default day on the first of January', () => {
    const spread = usual.map(
      () => new Map(Array.from({ length: 20 }, (_, no) => [`2026-02-${10 + (no % 18)}`, 1])),
    );
    const one = [...spread, new Map([['2026-03-04', 19]])];
    expect(oddDays(one, limits)).toMatchObject({
      what: '2026-03-04',
      rule: 'quality.dates.one-day',
    });
    const first = [...spread, new Map([['2026-01-01', 19]])];
    expect(oddDays(first, limits)).toMatchObject({ rule: 'quality.dates.default-day' });
  });
});
