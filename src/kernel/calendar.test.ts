import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CalendarData,
  addWorkdays,
  covers,
  isWorkday,
  rollToWorkday,
  workdaysBetween,
} from './calendar.ts';
import { addDays, day, dayFromNumber, dayNumber } from './day.ts';

const off = (text: string, isOff = true) => [dayNumber(day(text)), isOff] as const;
/** A small year: a Thursday and Friday off, the Saturday after worked instead. */
const calendar: CalendarData = {
  coversFrom: day('2026-01-01'),
  coversTo: day('2026-12-31'),
  exceptions: new Map([off('2026-01-01'), off('2026-01-02'), off('2026-01-04', false)]),
};
const anyDay = fc
  .integer({ min: dayNumber(day('2026-01-01')), max: dayNumber(day('2026-11-30')) })
  .map(dayFromNumber);

describe('working days', () => {
  it('follow the notice before the week: holidays off, make-up Sundays worked', () => {
    expect(isWorkday(calendar, day('2026-01-01'))).toBe(false);
    expect(isWorkday(calendar, day('2026-01-04'))).toBe(true);
    expect(isWorkday(calendar, day('2026-01-03'))).toBe(false);
    expect(isWorkday(calendar, day('2026-01-05'))).toBe(true);
  });

  it('are counted from the day after: the first day is never counted', () => {
    expect(addWorkdays(calendar, day('2026-01-05'), 1)).toEqual({
      due: '2026-01-06',
      provisional: false,
    });
    expect(addWorkdays(calendar, day('2026-01-02'), 1).due).toBe('2026-01-04');
    expect(addWorkdays(calendar, day('2026-01-09'), 7).due).toBe('2026-01-20');
    expect(addWorkdays(calendar, day('2026-01-09'), 0).due).toBe('2026-01-09');
  });

  it('beyond the loaded notices are provisional, and said to be', () => {
    expect(addWorkdays(calendar, day('2026-12-30'), 1).provisional).toBe(false);
    expect(addWorkdays(calendar, day('2026-12-30'), 2)).toEqual({
      due: '2027-01-01',
      provisional: true,
    });
    expect(addWorkdays(calendar, day('2025-12-31'), 1).provisional).toBe(false);
    expect(covers(calendar, day('2026-12-31'), day('2027-01-01'))).toBe(false);
  });

  it('adding and counting agree, and the last day is always a working day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const { due } = addWorkdays(calendar, from, count);
        expect(workdaysBetween(calendar, from, due)).toBe(count);
        expect(isWorkday(calendar, due)).toBe(true);
        expect(workdaysBetween(calendar, from, addDays(due, -1))).toBe(count - 1);
      }),
    );
  });

  it('a last day that is free rolls to the next working day, and only forward', () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        const { due } = rollToWorkday(calendar, value);
        expect(due >= value).toBe(true);
        expect(isWorkday(calendar, due)).toBe(true);
        if (isWorkday(calendar, value)) expect(due).toBe(value);
      }),
    );
  });
});
