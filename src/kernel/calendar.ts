/**
 * Statutory working days. Day 0 is the starting day, day 1 the next working day (data-standards §8.7).
 * Outside its coverage a calendar knows only Monday to Friday, and every answer that touches such a
 * day is marked provisional: the State Council's notice may not be out yet.
 */
import { type Day, dayFromNumber, dayNumber } from './day.ts';
import { assert } from './result.ts';

/** What the notices say: days off that fall on weekdays and working days that fall on weekends. */
export type CalendarData = {
  /** First and last day the loaded notices cover, both inclusive. */
  readonly coversFrom: Day;
  readonly coversTo: Day;
  /** Day number → is it off? Days not listed follow Monday–Friday. */
  readonly exceptions: ReadonlyMap<number, boolean>;
};

/** A day worked out from a calendar; `provisional` when a day outside coverage was counted. */
export type DueDay = { readonly due: Day; readonly provisional: boolean };

/** Whether every day from `from` to `to` (inclusive) is covered by loaded notices. */
export function covers(calendar: CalendarData, from: Day, to: Day): boolean {
  return calendar.coversFrom <= from && to <= calendar.coversTo;
}

/** Whether `value` is a working day, by notice where one covers it, else Monday to Friday. */
export function isWorkday(calendar: CalendarData, value: Day): boolean {
  return isWorkdayNumber(calendar, dayNumber(value));
}

/** The same by day number: counting over years must not spell out every day. */
function isWorkdayNumber(calendar: CalendarData, count: number): boolean {
  const off = calendar.exceptions.get(count);
  if (off !== undefined) return !off;
  // Day 0, 1970-01-01, was a Thursday; 0 here is Monday.
  return (((count + 3) % 7) + 7) % 7 < 5;
}

const workdaysMax = 10_000;

/**
 * The `count`-th working day after `from` (count ≥ 0; 0 gives `from` itself). The first day is not
 * counted (Civil Code art. 201).
 */
export function addWorkdays(calendar: CalendarData, from: Day, count: number): DueDay {
  assert(
    Number.isInteger(count) && count >= 0 && count <= workdaysMax,
    `workdays out of range: ${count}`,
  );
  const start = dayNumber(from);
  let current = start;
  let left = count;
  while (left > 0) {
    current += 1;
    if (isWorkdayNumber(calendar, current)) left -= 1;
  }
  const due = dayFromNumber(current);
  // The starting day itself is never judged, only the days after it.
  const provisional = count > 0 && !covers(calendar, dayFromNumber(start + 1), due);
  return { due, provisional };
}

/** Working days after `from` up to and including `to`; 0 when `to` is not after `from`. */
export function workdaysBetween(calendar: CalendarData, from: Day, to: Day): number {
  let count = 0;
  for (let number = dayNumber(from) + 1, end = dayNumber(to); number <= end; number += 1) {
    if (isWorkdayNumber(calendar, number)) count += 1;
  }
  return count;
}

/**
 * Rolls a last day that is not a working day to the next one. Only for periods in which somebody
 * must act; never for the end of a display, a list term, a ban or a minimum (design.md §12.1).
 */
export function rollToWorkday(calendar: CalendarData, value: Day): DueDay {
  let current = dayNumber(value);
  while (!isWorkdayNumber(calendar, current)) current += 1;
  const due = dayFromNumber(current);
  return { due, provisional: !covers(calendar, value, due) };
}
