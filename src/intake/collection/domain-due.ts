/** 待报: which period of an item is due from a unit, and until when. Pure. */
import { type CalendarData, addWorkdays } from '../../kernel/calendar.ts';
import { type Day, addDays, addMonths, day } from '../../kernel/day.ts';
import type { DirectoryItem } from '../../kernel/rulebook/directory.ts';

/** How often the directory wants an item, and how many days it allows after the end of a period. */
export type Rhythm = Pick<DirectoryItem, 'frequency' | 'allowance'>;

/** What was heard of an item from a unit. */
export type Heard = {
  /** Day since which it has to be reported; `null`: nobody wrote down that it has to. */
  readonly since: Day | null;
  /** Deliveries of which something was stored: the month each says it is of, and when it came. */
  readonly deliveries: readonly { readonly period: string | null; readonly receivedOn: Day }[];
  /** Months (`YYYY-MM`) of which the unit declared that it produced nothing. */
  readonly nothingIn: readonly string[];
};

/**
 * `overdue`, `due`, `delivered`: how the last period that ended stands. `as-it-happens`: there are no
 * periods, each fact has a limit of its own. `begun`: no period has ended since the duty began.
 * `unknown`: the directory does not say how often.
 */
export type DueState = 'overdue' | 'due' | 'delivered' | 'begun' | 'as-it-happens' | 'unknown';

/** How an item stands. `dueOn`: last day for the period; `nextDueOn`: for the one that runs. */
export type Due = {
  readonly state: DueState;
  readonly period: { readonly from: Day; readonly to: Day } | null;
  readonly dueOn: Day | null;
  readonly nextDueOn: Day | null;
};

const monthsOf: Readonly<Partial<Record<DirectoryItem['frequency'], number>>> = {
  'real-time': 1,
  day: 1,
  week: 1,
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
};

/** The calendar period of so many months a day lies in. */
function periodOf(on: Day, months: number): { from: Day; to: Day } {
  const [year, month] = on.split('-').map(Number);
  const first = Math.floor((month! - 1) / months) * months + 1;
  const from = day(`${year}-${String(first).padStart(2, '0')}-01`);
  return { from, to: addDays(addMonths(from, months), -1) };
}

function dueOf(to: Day, { allowance }: Rhythm, calendar: CalendarData): Day | null {
  if (allowance === 'unknown') return null;
  return allowance.unit === 'day'
    ? addDays(to, allowance.count)
    : addWorkdays(calendar, to, allowance.count).due;
}

/** Whether anything was heard of a period: a delivery that says so or came since it began, or a declared nought. */
function isHeard({ from, to }: { from: Day; to: Day }, heard: Heard): boolean {
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  const within = (month: string) => month >= first && month <= last;
  return (
    heard.deliveries.some(({ period, receivedOn }) =>
      period === null ? receivedOn >= from : within(period),
    ) || heard.nothingIn.some(within)
  );
}

/** How an item stands on a day: the last period that ended, and the last day to report it. */
export function dueOn(on: Day, rhythm: Rhythm, heard: Heard, calendar: CalendarData): Due {
  const none = { period: null, dueOn: null, nextDueOn: null };
  if (rhythm.frequency === 'on-occurrence') return { state: 'as-it-happens', ...none };
  const months = monthsOf[rhythm.frequency];
  if (months === undefined) return { state: 'unknown', ...none };
  const running = periodOf(on, months);
  const period = periodOf(addDays(running.from, -1), months);
  const nextDueOn = dueOf(running.to, rhythm, calendar);
  // What ended before the duty began is owed by nobody.
  if (heard.since === null || period.to < heard.since)
    return { state: 'begun', ...none, nextDueOn };
  const due = dueOf(period.to, rhythm, calendar);
  const state = isHeard(period, heard) ? 'delivered' : due !== null && on > due ? 'overdue' : 'due';
  return { state, period, dueOn: due, nextDueOn };
}
