import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarData } from '../../kernel/calendar.ts';
import { type Day, type Instant, addDays, day } from '../../kernel/day.ts';
import { type Rhythm, currencyOfItem, currencyOfSource } from './domain-currency.ts';

// A year without holidays: every Monday to Friday is a working day.
const calendar: CalendarData = {
  coversFrom: day('2026-01-01'),
  coversTo: day('2026-12-31'),
  exceptions: new Map(),
};
const at = (text: string) => `${text}T02:00:00.000Z` as Instant;
const rhythm = (frequency: Rhythm['frequency'], allowance: Rhythm['allowance'] = 'unknown') => ({
  frequency,
  allowance,
});
const state = (how: Rhythm, last: string, on: string) =>
  currencyOfSource(how, at(last), day(on), calendar);

describe('a source', () => {
  it('is current until the day after the last on which its delivery may come', () => {
    const monthly = rhythm('month', { count: 10, unit: 'day' });
    expect(state(monthly, '2026-01-31', '2026-03-10').state).toBe('current');
    expect(state(monthly, '2026-01-31', '2026-03-11')).toEqual({
      state: 'late',
      lastReceivedOn: '2026-01-31',
      lateSince: '2026-03-11',
      reason: null,
    });
  });

  it('is given working days where the directory counts in them', () => {
    const daily = rhythm('day', { count: 7, unit: 'workday' });
    // Due on Tuesday 6 January; seven working days later is Thursday 15 January.
    expect(state(daily, '2026-01-05', '2026-01-15').state).toBe('current');
    expect(state(daily, '2026-01-05', '2026-01-16')).toMatchObject({ lateSince: '2026-01-16' });
  });

  it('without a known allowance is blamed only when a whole further period has gone by', () => {
    const monthly = rhythm('month');
    expect(state(monthly, '2026-01-15', '2026-02-15').state).toBe('current');
    expect(state(monthly, '2026-01-15', '2026-02-16')).toMatchObject({
      state: 'unknown',
      reason: 'no-allowance',
    });
    expect(state(monthly, '2026-01-15', '2026-03-15').state).toBe('unknown');
    expect(state(monthly, '2026-01-15', '2026-03-16')).toMatchObject({
      state: 'late',
      lateSince: '2026-03-16',
    });
  });

  it('that reports when something happens, or in no known rhythm, is never late', () => {
    const days = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(days, (later) => {
        const on = addDays(day('2020-01-01'), later);
        const occurrence = currencyOfSource(
          rhythm('on-occurrence'),
          at('2020-01-01'),
          on,
          calendar,
        );
        expect(occurrence).toMatchObject({ state: 'unknown', reason: 'on-occurrence' });
        const unknown = currencyOfSource(rhythm('unknown'), at('2020-01-01'), on, calendar);
        expect(unknown).toMatchObject({ state: 'unknown', reason: 'no-frequency' });
      }),
    );
  });

  it('once late stays late until it delivers, and always since the same day', () => {
    const frequency = fc.constantFrom<Rhythm['frequency']>(
      'real-time',
      'day',
      'week',
      'month',
      'quarter',
      'half-year',
      'year',
    );
    const allowance = fc.oneof(
      fc.constant<Rhythm['allowance']>('unknown'),
      fc.record({ count: fc.integer({ min: 1, max: 30 }), unit: fc.constant('day' as const) }),
    );
    const offset = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(frequency, allowance, offset, offset, (often, allowed, a, b) => {
        const first = day('2026-01-31');
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((n) => addDays(first, n));
        const tell = (on: Day) => currencyOfSource(rhythm(often, allowed), at(first), on, calendar);
        const before = tell(early!);
        const after = tell(late!);
        if (before.state === 'late') expect(after).toEqual(before);
        if (after.state === 'late') {
          expect(after.lateSince! <= late!).toBe(true);
          expect(tell(addDays(after.lateSince!, -1)).state).not.toBe('late');
        }
        if (after.state === 'current') expect(before.state).toBe('current');
      }),
    );
  });
});

describe('an item', () => {
  const monthly = rhythm('month', { count: 10, unit: 'day' });

  it('nobody delivers is not covered', () => {
    expect(currencyOfItem(monthly, { deliveries: [] }, day('2026-03-01'), calendar)).toEqual({
      state: 'not-covered',
      lastReceivedOn: null,
      lateSince: null,
      reason: null,
    });
  });

  it('is as late as its latest source, although another one is current', () => {
    const told = currencyOfItem(
      monthly,
      { deliveries: [at('2026-05-20'), at('2026-01-31'), at('2026-02-28')] },
      day('2026-06-01'),
      calendar,
    );
    expect(told).toMatchObject({
      state: 'late',
      lastReceivedOn: '2026-05-20',
      lateSince: '2026-03-11',
    });
  });

  it('is unknown as soon as one source is, and never better than the worst', () => {
    const told = currencyOfItem(
      rhythm('month'),
      { deliveries: [at('2026-05-20'), at('2026-04-20')] },
      day('2026-06-01'),
      calendar,
    );
    expect(told).toMatchObject({ state: 'unknown', reason: 'no-allowance' });
  });

  it('is late when one that has to report it never did, though another is current', () => {
    const told = currencyOfItem(
      monthly,
      { deliveries: [at('2026-05-20')], unheard: [day('2026-01-01')] },
      day('2026-06-01'),
      calendar,
    );
    // A month from the first of January, and the ten days allowed.
    expect(told).toMatchObject({ state: 'late', lateSince: '2026-02-12' });
  });

  it('is unknown while nobody can say whether the one never heard is late, and not covered by nobody', () => {
    const often = rhythm('on-occurrence');
    const unheard = [day('2020-01-01')];
    const on = day('2026-06-01');
    const told = currencyOfItem(
      monthly,
      { deliveries: [at('2026-05-20')], unheard: [day('2026-05-30')] },
      on,
      calendar,
    );
    expect(told).toMatchObject({ state: 'unknown', reason: 'never-heard' });
    expect(currencyOfItem(often, { deliveries: [], unheard }, on, calendar).state).toBe(
      'not-covered',
    );
  });
});
