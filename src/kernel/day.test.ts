import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Instant,
  addDays,
  addMonths,
  day,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  daysInMonth,
  endOfDay,
  instantFromMs,
  instantMs,
  parseDay,
  parseInstant,
  startOfDay,
  weekday,
  momentWords,
} from './day.ts';

const anyDay = fc
  .integer({ min: dayNumber(day('1800-01-01')), max: dayNumber(day('2400-12-31')) })
  .map(dayFromNumber);

describe('days', () => {
  it('are read only when they exist', () => {
    expect(parseDay('2024-02-29')).toBe('2024-02-29');
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      ' 2026-01-01',
      '2026-04-31',
    ]) {
      expect(parseDay(text), text).toBeNull();
    }
  });

  it('count like the calendar of everybody else', () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        expect(dayNumber(value)).toBe(
          Date.UTC(+value.slice(0, 4), +value.slice(5, 7) - 1, +value.slice(8)) / 86_400_000,
        );
        expect(dayFromNumber(dayNumber(value))).toBe(value);
        expect(weekday(value)).toBe(new Date(`${value}T00:00:00Z`).getUTCDay() || 7);
      }),
    );
  });

  it('three months after 30 November is the last day of February', () => {
    expect(addMonths(day('2025-11-30'), 3)).toBe('2026-02-28');
    expect(addMonths(day('2023-11-30'), 3)).toBe('2024-02-29');
    expect(addMonths(day('2024-02-29'), 12)).toBe('2025-02-28');
    expect(addMonths(day('2026-01-31'), -2)).toBe('2025-11-30');
  });

  it('months later keep the day of the month, or its last day where it has none', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (value, months) => {
        const result = addMonths(value, months);
        const [year, month] = [+result.slice(0, 4), +result.slice(5, 7)];
        const wanted = Math.min(+value.slice(8), daysInMonth(year, month));
        expect(+result.slice(8)).toBe(wanted);
        const moved = (year - +value.slice(0, 4)) * 12 + month - +value.slice(5, 7);
        expect(moved).toBe(months);
      }),
    );
  });

  it('adding days and counting between agree', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (value, count) => {
        expect(daysBetween(value, addDays(value, count))).toBe(count);
      }),
    );
  });
});

describe('instants', () => {
  it('fall on the day of UTC+8, whatever the zone of the machine', () => {
    expect(dayOf(parseInstant('2026-03-01T15:59:59.999Z')!)).toBe('2026-03-01');
    expect(dayOf(parseInstant('2026-03-01T16:00:00.000Z')!)).toBe('2026-03-02');
    expect(startOfDay(day('2026-03-02'))).toBe('2026-03-01T16:00:00.000Z');
    expect(endOfDay(day('2026-03-02'))).toBe('2026-03-02T15:59:59.999Z');
  });

  it('belong to the day between its first and last instant', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 86_399_999 }), (value, offset) => {
        const instant = instantFromMs(instantMs(startOfDay(value)) + offset);
        expect(dayOf(instant)).toBe(value);
        expect(instant <= endOfDay(value)).toBe(true);
      }),
    );
  });

  it('need an offset: a bare day or local time is no instant', () => {
    for (const text of [
      '2026-03-02',
      '2026-03-02T10:00',
      '2026-03-02 10:00:00',
      'now',
      '2026-13-02T10:00:00Z',
    ]) {
      expect(parseInstant(text), text).toBeNull();
    }
    expect(parseInstant('2026-03-02T10:00:00+08:00')).toBe('2026-03-02T02:00:00.000Z');
  });
});

describe('a moment as people read it', () => {
  it('is of UTC+8, to the minute, over midnight too', () => {
    expect(momentWords('2026-06-01T02:00:59.999Z' as Instant)).toBe('2026-06-01 10:00');
    expect(momentWords('2026-12-31T16:00:00.000Z' as Instant)).toBe('2027-01-01 00:00');
    expect(momentWords('2026-12-31T15:59:59.999Z' as Instant)).toBe('2026-12-31 23:59');
  });
});
