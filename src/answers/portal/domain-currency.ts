/**
 * How current sources are (design.md §2.6): late only when the item's own frequency makes silence
 * provable, unknown where it does not, not covered where nobody ever delivered. Pure.
 */
import { type CalendarData, addWorkdays } from '../../kernel/calendar.ts';
import { type Day, type Instant, addDays, addMonths, dayOf } from '../../kernel/day.ts';
import type { DirectoryItem } from '../../kernel/rulebook/directory.ts';

/** When somebody last delivered an item. */
export type Delivered = { readonly item: string; readonly lastReceivedAt: Instant };

/** What of a directory item decides when its source is late. */
export type Rhythm = Pick<DirectoryItem, 'frequency' | 'allowance'>;

/** How current one source or one item is. `lateSince`: the first day on which it was late. */
export type CurrencyOf = {
  readonly state: 'current' | 'late' | 'unknown' | 'not-covered';
  readonly lastReceivedOn: Day | null;
  readonly lateSince: Day | null;
  readonly reason: 'on-occurrence' | 'no-frequency' | 'no-allowance' | 'never-heard' | null;
};

const months: Readonly<Partial<Record<DirectoryItem['frequency'], number>>> = {
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
};
const days: Readonly<Partial<Record<DirectoryItem['frequency'], number>>> = {
  'real-time': 1,
  day: 1,
  week: 7,
};

/** The day `periods` periods after `from`; `null` where the frequency sets no period. */
function periodsAfter(from: Day, frequency: Rhythm['frequency'], periods: number): Day | null {
  const byMonth = months[frequency];
  if (byMonth !== undefined) return addMonths(from, byMonth * periods);
  const byDay = days[frequency];
  return byDay === undefined ? null : addDays(from, byDay * periods);
}

/**
 * One source on a day. The next delivery is due one period after the last, plus the allowance. Where
 * no allowance is known, a source is called late only when a whole further period has gone by, and
 * between the two it is unknown: nobody is blamed on a guess.
 */
export function currencyOfSource(
  rhythm: Rhythm,
  lastReceivedAt: Instant,
  on: Day,
  calendar: CalendarData,
): CurrencyOf {
  return currencySince(rhythm, dayOf(lastReceivedAt), on, calendar);
}

/**
 * A source that has to report since a day and never did: late where a period of the directory and what it
 * allows have gone by, else unknown.
 */
export function currencyOfUnheard(
  rhythm: Rhythm,
  owedSince: Day,
  on: Day,
  calendar: CalendarData,
): CurrencyOf {
  const { state, lateSince } = currencySince(rhythm, owedSince, on, calendar);
  return state === 'late'
    ? { state, lastReceivedOn: null, lateSince, reason: null }
    : { state: 'unknown', lastReceivedOn: null, lateSince: null, reason: 'never-heard' };
}

function currencySince(
  rhythm: Rhythm,
  lastReceivedOn: Day,
  on: Day,
  calendar: CalendarData,
): CurrencyOf {
  const known = { lastReceivedOn, lateSince: null };
  const { frequency, allowance } = rhythm;
  if (frequency === 'on-occurrence') return { ...known, state: 'unknown', reason: 'on-occurrence' };
  const due = periodsAfter(lastReceivedOn, frequency, 1);
  if (due === null) return { ...known, state: 'unknown', reason: 'no-frequency' };
  if (on <= due) return { ...known, state: 'current', reason: null };
  if (allowance === 'unknown') {
    const certain = periodsAfter(lastReceivedOn, frequency, 2)!;
    return on <= certain
      ? { ...known, state: 'unknown', reason: 'no-allowance' }
      : { state: 'late', lastReceivedOn, lateSince: addDays(certain, 1), reason: null };
  }
  const last =
    allowance.unit === 'day'
      ? addDays(due, allowance.count)
      : addWorkdays(calendar, due, allowance.count).due;
  return on <= last
    ? { ...known, state: 'current', reason: null }
    : { state: 'late', lastReceivedOn, lateSince: addDays(last, 1), reason: null };
}

/** Newest delivery of each source of an item, and the duties of those that never delivered. */
export type ItemSources = {
  readonly deliveries: readonly Instant[];
  readonly unheard?: readonly Day[];
};

/**
 * An item with all its sources: late when one of them is late, unknown when one is unknown and none
 * late; the newest delivery of any is told. `unheard`: days since which others have had to report it and
 * never did. What nobody ever delivered is not covered.
 */
export function currencyOfItem(
  rhythm: Rhythm,
  { deliveries, unheard = [] }: ItemSources,
  on: Day,
  calendar: CalendarData,
): CurrencyOf {
  const sources = [
    ...deliveries.map((at) => currencyOfSource(rhythm, at, on, calendar)),
    ...unheard.map((since) => currencyOfUnheard(rhythm, since, on, calendar)),
  ];
  if (deliveries.length === 0) {
    return { state: 'not-covered', lastReceivedOn: null, lateSince: null, reason: null };
  }
  const lastReceivedOn = sources.reduce<Day | null>(
    (last, { lastReceivedOn: day }) => (last === null || (day !== null && day > last) ? day : last),
    null,
  );
  const late = sources
    .flatMap(({ lateSince }) => lateSince ?? [])
    .reduce<Day | null>((first, day) => (first === null || day < first ? day : first), null);
  if (late !== null) return { state: 'late', lastReceivedOn, lateSince: late, reason: null };
  const unknown = sources.find(({ state }) => state === 'unknown');
  return {
    state: unknown === undefined ? 'current' : 'unknown',
    lastReceivedOn,
    lateSince: null,
    reason: unknown?.reason ?? null,
  };
}
