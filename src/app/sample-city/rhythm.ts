/**
 * When files arrive. A large city sends as real ones do, weekly, monthly or quarterly; a small one, which
 * must stand in seconds, sends fewer and longer ones over the same two years.
 */
import { type Day, addDays, addMonths, day, weekday } from '../../kernel/day.ts';
import { type CityPlan, storyDays } from './organisations.ts';

/** How often a source sends. */
export type Rhythm = 'weekly' | 'monthly' | 'quarterly' | 'half-yearly' | 'yearly';

// Below so many organisations a week's file would be a row or two.
const smallCity = 10_000;

/** Whether the city is one of few and long files. */
export function isSmall(plan: CityPlan): boolean {
  return plan.organisations < smallCity;
}

/** Calendar month of a day, `YYYY-MM`. */
export function monthOf(on: Day): string {
  return on.slice(0, 7);
}

/** The calendar month so many months before that of the anchor. */
export function monthBack(plan: CityPlan, back: number): string {
  return monthOf(addMonths(firstOfMonth(plan.anchor), -back));
}

function firstOfMonth(on: Day): Day {
  return day(`${monthOf(on)}-01`);
}

/** Saturday and Sunday pass to Monday: nobody sends files then. */
export function onWeekday(on: Day): Day {
  const no = weekday(on);
  return no <= 5 ? on : addDays(on, 8 - no);
}

const monthsBetween: Readonly<Record<Rhythm, number>> = {
  weekly: 0,
  monthly: 1,
  quarterly: 3,
  'half-yearly': 6,
  yearly: 12,
};
const monthsBetweenInSmall: Readonly<Record<Rhythm, number>> = {
  weekly: 1,
  monthly: 9,
  quarterly: 12,
  'half-yearly': 12,
  yearly: 14,
};

// The registry comes first; the last days belong to what people do with what has arrived.
const quietAtFirst = 6;
const quietAtLast = 4;

/** Days on which a source delivers, in order; sources of one rhythm are spread over week and month. */
export function deliveryDays(plan: CityPlan, rhythm: Rhythm, sourceNo: number): Day[] {
  const start = addDays(plan.anchor, -storyDays);
  const between = (isSmall(plan) ? monthsBetweenInSmall : monthsBetween)[rhythm];
  const days = between === 0 ? weeks(start, sourceNo) : months(plan, between, sourceNo);
  const from = addDays(start, quietAtFirst);
  const to = addDays(plan.anchor, -quietAtLast);
  return days.filter((on) => on >= from && on <= to);
}

function weeks(start: Day, sourceNo: number): Day[] {
  const monday = addDays(start, 1 - weekday(start));
  const days: Day[] = [];
  for (let week = 1; week * 7 <= storyDays + 7; week += 1) {
    days.push(addDays(monday, week * 7 + (sourceNo % 5)));
  }
  return days;
}

/** Counted back from the anchor, so that every source has sent something lately. */
function months(plan: CityPlan, between: number, sourceNo: number): Day[] {
  const last = firstOfMonth(plan.anchor);
  // Every month has the 22nd, and a weekday after it is in the same month.
  const dayOfMonth = 3 + ((sourceNo * 7) % 20);
  const days: Day[] = [];
  for (let back = sourceNo % Math.min(between, 3); back * 28 <= storyDays; back += between) {
    days.unshift(onWeekday(addDays(addMonths(last, -back), dayOfMonth - 1)));
  }
  return days;
}
