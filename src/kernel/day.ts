/**
 * Days and instants. A day is a calendar day of UTC+8 without a time zone attached: it never passes
 * through `Date`, because `new Date('2026-03-02')` is a UTC instant (data-standards §14 trap 19).
 */
import { assert } from './result.ts';

/** A calendar day in UTC+8, `YYYY-MM-DD`, years 0001–9999. Comparable with `<`. */
export type Day = string & { readonly __brand: 'Day' };

/** A moment, ISO 8601 in UTC with milliseconds, e.g. `2026-03-02T08:00:00.000Z`. Comparable with `<`. */
export type Instant = string & { readonly __brand: 'Instant' };

/** First instant-free bounds used where law knows no earlier or later day. */
export const firstDay = '0001-01-01' as Day;
export const lastDay = '9999-12-31' as Day;

const daysInMonthTable = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const chinaOffsetMs = 8 * 60 * 60 * 1000;

/** Whether `year` has a 29 February (proleptic Gregorian calendar). */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Number of days of `month` (1–12) in `year`. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (daysInMonthTable[month - 1] ?? 0);
}

/** Reads strict `YYYY-MM-DD`; anything else, or a day that does not exist, gives `null`. */
export function parseDay(text: string): Day | null {
  const match = dayPattern.exec(text);
  if (!match) return null;
  return dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Reads a day known to be valid (literals, rulebook data already checked); faults otherwise. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  assert(parsed !== null, `not a day: ${text}`);
  return parsed;
}

/** Builds a day from numbers; `null` when that day does not exist. */
export function dayFromParts(year: number, month: number, dayOfMonth: number): Day | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  if (!Number.isInteger(dayOfMonth) || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) {
    return null;
  }
  return format(year, month, dayOfMonth);
}

function format(year: number, month: number, dayOfMonth: number): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(
    dayOfMonth,
  ).padStart(2, '0')}` as Day;
}

/** Year, month (1–12) and day of month of a day. */
export function partsOf(value: Day): { year: number; month: number; dayOfMonth: number } {
  return {
    year: twoDigits(value, 0) * 100 + twoDigits(value, 2),
    month: twoDigits(value, 5),
    dayOfMonth: twoDigits(value, 8),
  };
}

/** Two digits as a number, without cutting text out: days are taken apart a million times a minute. */
function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

/** Number of the day counted from 1970-01-01 = 0; the arithmetic behind everything below. */
export function dayNumber(value: Day): number {
  const { year, month, dayOfMonth } = partsOf(value);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Inverse of {@link dayNumber}. Faults outside years 0001–9999. */
export function dayFromNumber(count: number): Day {
  const shifted = count + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthShifted = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthShifted + 2) / 5) + 1;
  const month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const result = dayFromParts(year, month, dayOfMonth);
  assert(result !== null, `day number out of range: ${count}`);
  return result;
}

/** The day `count` calendar days later (earlier when negative). */
export function addDays(value: Day, count: number): Day {
  return dayFromNumber(dayNumber(value) + count);
}

/**
 * The corresponding day `count` months later, clipped to the month's end: three months after
 * 30 November is the last day of February (Civil Code arts. 201–202; rules.md §15 trap 5).
 */
export function addMonths(value: Day, count: number): Day {
  const { year, month, dayOfMonth } = partsOf(value);
  const index = year * 12 + (month - 1) + count;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  assert(newYear >= 1 && newYear <= 9999, `month arithmetic out of range: ${value} + ${count}`);
  return format(newYear, newMonth, Math.min(dayOfMonth, daysInMonth(newYear, newMonth)));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Day of the week, 1 = Monday … 7 = Sunday. */
export function weekday(value: Day): number {
  return ((((dayNumber(value) + 3) % 7) + 7) % 7) + 1;
}

/** The earlier of two days. */
export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/** Reads an ISO instant with any offset; `null` when it is not one. A bare day is not an instant. */
export function parseInstant(text: string): Instant | null {
  if (instantPattern.test(text)) {
    return Number.isNaN(Date.parse(text)) ? null : (text as Instant);
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    return null;
  }
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : instantFromMs(ms);
}

/** The instant `ms` milliseconds after 1970-01-01T00:00Z. */
export function instantFromMs(ms: number): Instant {
  return new Date(ms).toISOString() as Instant;
}

/** Milliseconds after 1970-01-01T00:00Z. */
export function instantMs(value: Instant): number {
  return Date.parse(value);
}

/** The day an instant falls on in UTC+8, whatever the server's zone (rules.md §15 trap 6). */
export function dayOf(value: Instant): Day {
  // Rows of one delivery share their instant; asking again for the same one is the common case.
  if (value !== lastAsked) {
    lastAnswer = new Date(Date.parse(value) + chinaOffsetMs).toISOString().slice(0, 10) as Day;
    lastAsked = value;
  }
  return lastAnswer;
}

let lastAsked: Instant | null = null;
let lastAnswer = firstDay;

/** A moment as people read it: day, hour and minute in UTC+8. */
export function momentWords(instant: Instant): string {
  return instantFromMs(instantMs(instant) + 8 * 3_600_000)
    .slice(0, 16)
    .replace('T', ' ');
}

/** The last millisecond of a day in UTC+8: "by the end of the day" for deadlines and `--known-at`. */
export function endOfDay(value: Day): Instant {
  return instantFromMs((dayNumber(value) + 1) * 86_400_000 - chinaOffsetMs - 1);
}

/** The first instant of a day in UTC+8. */
export function startOfDay(value: Day): Instant {
  return instantFromMs(dayNumber(value) * 86_400_000 - chinaOffsetMs);
}
