/** 质量: indicators of a month from counts. Pure; what a count counts is said beside it. */
import { type CalendarData, addWorkdays, workdaysBetween } from '../../kernel/calendar.ts';
import { type Day, addDays, addMonths, day, daysBetween } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { DirectoryItem } from '../../kernel/rulebook/directory.ts';
import type { Sampled } from './domain-sample.ts';

/** A figure: a value, nothing due (`NA`), or not known (`UNKNOWN`). Never a guess between them. */
export type Measure = {
  readonly state: 'value' | 'NA' | 'UNKNOWN';
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
};

/** Facts first received in the month whose three days are the same, counted together. */
export type KeyGroup = {
  readonly provider: string;
  readonly item: string;
  readonly decidedOn: Day | null;
  /** The month (`YYYY-MM`) the delivery says it is of; `null`: it does not say. */
  readonly period: string | null;
  /** Day of the first receipt of any kind. */
  readonly firstOn: Day;
  /** Day of the first receipt that was not given back; `null`: none before the cut-off. */
  readonly acceptedOn: Day | null;
  /** Facts: one business key is one, however often it was sent. */
  readonly received: number;
  /** Facts not given back at their first receipt. */
  readonly firstPassed: number;
  readonly matched: number;
  readonly wrongCode: number;
  readonly cellsRequired: number;
  readonly cellsFilled: number;
};

/** Everything a source's figures of a month are worked out from. */
export type SourceMonth = {
  readonly provider: string;
  readonly item: string;
  readonly groups: readonly KeyGroup[];
  /** Rows that say again what a row before them said. */
  readonly duplicates: number;
  /** Rows about natural persons: refused, and counted apart. */
  readonly natural: number;
  /** Declared number of decisions; `null`: nobody declared. */
  readonly produced: number | null;
  /** Months (`YYYY-MM`) with an accepted batch or a declared zero, of as many as {@link longestMonths}. */
  readonly heardIn: readonly string[];
  /** Those of them with an accepted batch. */
  readonly deliveredIn: readonly string[];
  /** Day since which the unit has had to report the item; `null`: nobody wrote down that it has to. */
  readonly owedSince: Day | null;
  /** The sample drawn of the month; `null`: none was. */
  readonly sampled: Sampled | null;
  /** Of the records standing at the month's end, those whose source says when it changed them. */
  readonly fresh: Freshness | null;
};

/** Records that say when their source last changed them, and those changed lately enough. */
export type Freshness = { readonly dated: number; readonly fresh: number };

/** Names of the figures, in the order they are told. */
export const figureNames = [
  'reporting',
  'omission',
  'timeliness',
  'late',
  'compliance',
  'complianceFinal',
  'completeness',
  'association',
  'duplicate',
  'wrongCode',
  'correction',
  'continuity',
  'coverage',
  'accuracy',
  'concealed',
  'freshness',
] as const;
export type FigureName = (typeof figureNames)[number];
export type Figures = { readonly [K in FigureName]: Measure };

/** Figures of a source in a month. */
export type SourceFigures = {
  readonly provider: string;
  readonly item: string;
  readonly received: number;
  readonly natural: number;
  readonly produced: number | null;
  /** Days from the first receipt to the one that put it right, the middle one; `null`: none was. */
  readonly correctionDays: number | null;
  readonly figures: Figures;
};

/** A calendar month, as days of UTC+8: first day, and the first day after it. */
export type Month = { readonly period: string; readonly from: Day; readonly to: Day };

/** Reads `YYYY-MM`. Refuses `quality.bad-period`. */
export function monthOf(period: string): Result<Month> {
  if (!/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(period)) {
    return refuse('quality.bad-period', { period });
  }
  const from = day(`${period}-01`);
  return ok({ period, from, to: addMonths(from, 1) });
}

/** Last day on which a correction still counts for the final rate of the month. */
export function cutOff(calendar: CalendarData, month: Month, workdays: number): Day {
  return addWorkdays(calendar, addDays(month.to, -1), workdays).due;
}

const notDue: Measure = { state: 'NA', value: null, numerator: 0, denominator: 0 };
const notKnown: Measure = { state: 'UNKNOWN', value: null, numerator: null, denominator: null };

/** A share of something; of nothing it is not known, or not due where it is known that nothing was. */
export function share(numerator: number, denominator: number, ofNothing: Measure): Measure {
  if (denominator === 0) return ofNothing;
  return { state: 'value', value: numerator / denominator, numerator, denominator };
}

function whole(value: number, denominator: number): Measure {
  return { state: 'value', value, numerator: value, denominator };
}

/** min(R, P) ÷ P: more than was declared is not better than all of it. */
export function reportingRate(received: number, produced: number | null): Measure {
  if (produced === null) return notKnown;
  if (produced === 0) return received === 0 ? notDue : { ...notKnown, numerator: received };
  return share(Math.min(received, produced), produced, notDue);
}

/** P − R, never below nothing: what was declared and has not come. */
export function omission(received: number, produced: number | null): Measure {
  if (produced === null) return notKnown;
  return whole(Math.max(0, produced - received), produced);
}

/** How often the directory wants an item, and how many days it allows. */
export type Rhythm = Pick<DirectoryItem, 'frequency' | 'allowance'>;

/** Whether a fact came in time: so many days after its decision, the day after being the first. */
function inTime(
  allowance: Exclude<DirectoryItem['allowance'], 'unknown'>,
  calendar: CalendarData,
  decidedOn: Day,
  acceptedOn: Day,
): boolean {
  return allowance.unit === 'day'
    ? acceptedOn <= addDays(decidedOn, allowance.count)
    : workdaysBetween(calendar, decidedOn, acceptedOn) <= allowance.count;
}

const monthsBetween: Readonly<Partial<Record<DirectoryItem['frequency'], number>>> = {
  'real-time': 1,
  day: 1,
  week: 1,
  month: 1,
  quarter: 3,
  'half-year': 6,
  year: 12,
};

/** Whole months from one delivery to the next, at least one, by the directory; `null`: it does not say, or as it happens. */
export function monthsApart(frequency: DirectoryItem['frequency']): number | null {
  return monthsBetween[frequency] ?? null;
}

/** Number of the calendar period of so many months that a month (`YYYY-MM`, or a day) lies in. */
function periodNumber(month: string, months: number): number {
  const [year, no] = month.split('-').map(Number);
  return Math.floor((year! * 12 + no! - 1) / months);
}

type Clocked = Pick<KeyGroup, 'decidedOn' | 'period' | 'acceptedOn'>;

/**
 * Day the allowance of a fact runs from: its decision, or, where the item has none, the end of the period
 * its delivery is of. `null`: neither is known, and no clock can be started.
 */
function clockFrom({ decidedOn, period }: Clocked, { frequency }: Rhythm): Day | null {
  const months = monthsApart(frequency);
  if (decidedOn !== null || period === null || months === null) return decidedOn;
  const first = periodNumber(period, months) * months;
  const from = day(`${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, '0')}-01`);
  return addDays(addMonths(from, months), -1);
}

/** Whether a fact is in time: `null` where that cannot be told. One never accepted is not in time. */
export function isPunctual(fact: Clocked, rhythm: Rhythm, calendar: CalendarData): boolean | null {
  if (rhythm.allowance === 'unknown') return null;
  if (fact.acceptedOn === null) return false;
  const from = clockFrom(fact, rhythm);
  return from === null ? null : inTime(rhythm.allowance, calendar, from, fact.acceptedOn);
}

/** Facts whose punctuality can be told, and those in time. */
function punctuality(groups: readonly KeyGroup[], rhythm: Rhythm, calendar: CalendarData) {
  let dated = 0;
  let punctual = 0;
  for (const group of groups) {
    const inGoodTime = isPunctual(group, rhythm, calendar);
    if (inGoodTime === null) continue;
    dated += group.received;
    if (inGoodTime) punctual += group.received;
  }
  return { dated, punctual };
}

/** Months that must be looked back upon: the last whole year may have ended eleven months ago. */
export const longestMonths = 23;

const monthsOfYear = 12;

/** Number of the first period that begins on a day or after it. */
function firstPeriodFrom(since: Day, months: number): number {
  const begun = since.endsWith('-01') ? since : addMonths(day(`${since.slice(0, 7)}-01`), 1);
  const at = periodNumber(begun, 1);
  return Math.ceil(at / months);
}

/**
 * Numbers of the first period expected and the one running: the calendar periods of the last twelve months
 * that ended with the month or before it, and none that began before the unit had to report.
 */
function expectedPeriods(months: number, month: string, owedSince: Day | null) {
  const next = addMonths(day(`${month}-01`), 1).slice(0, 7);
  const running = periodNumber(next, months);
  const ofYear = running - monthsOfYear / months;
  const first = owedSince === null ? ofYear : Math.max(ofYear, firstPeriodFrom(owedSince, months));
  return { first, running, count: Math.max(0, running - first) };
}

/**
 * Periods heard of ÷ periods expected, where the directory says how often. Heard twice in one, a period
 * counts once.
 */
export function continuity(
  rhythm: Rhythm,
  month: string,
  heardIn: readonly string[],
  owedSince: Day | null = null,
): Measure {
  if (rhythm.frequency === 'on-occurrence') return notDue;
  const months = monthsApart(rhythm.frequency);
  if (months === null) return notKnown;
  const { first, running, count } = expectedPeriods(months, month, owedSince);
  const heard = new Set(heardIn.map((one) => periodNumber(one, months)));
  const ended = [...heard].filter((no) => no >= first && no < running);
  return share(ended.length, count, notDue);
}

/** Whether the month lies a year or more after the day. */
function isYearOn(since: Day, month: string): boolean {
  return addMonths(since, monthsOfYear) <= addMonths(day(`${month}-01`), 1);
}

/**
 * Items with data in the year ÷ items the unit has to report; one source is one item. Who declared that
 * there was nothing had nothing to cover; who said nothing counts as nothing once a period, or a year where
 * the directory gives none, has gone by.
 */
export function coverage(
  { owedSince, deliveredIn, heardIn }: Pick<SourceMonth, 'owedSince' | 'deliveredIn' | 'heardIn'>,
  rhythm: Rhythm,
  month: string,
): Measure {
  if (owedSince === null) return notKnown;
  const first = addMonths(day(`${month}-01`), 1 - monthsOfYear).slice(0, 7);
  if (deliveredIn.some((one) => one >= first)) return whole(1, 1);
  if (heardIn.some((one) => one >= first)) return notDue;
  const months = monthsApart(rhythm.frequency);
  if (months !== null) {
    return share(0, Math.min(1, expectedPeriods(months, month, owedSince).count), notDue);
  }
  const silent = rhythm.frequency !== 'on-occurrence' && isYearOn(owedSince, month);
  return silent ? whole(0, 1) : notKnown;
}

/** Days to the correction of the facts that were given back and put right: the middle one. */
function correctionDays(groups: readonly KeyGroup[]): number | null {
  const waits = groups
    .flatMap(({ firstOn, acceptedOn, received, firstPassed }) =>
      acceptedOn === null || received === firstPassed
        ? []
        : [{ days: daysBetween(firstOn, acceptedOn), facts: received - firstPassed }],
    )
    .sort((a, b) => a.days - b.days);
  const all = waits.reduce((total, { facts }) => total + facts, 0);
  if (all === 0) return null;
  const nth = (place: number) => {
    let seen = 0;
    return waits.find(({ facts }) => (seen += facts) >= place)!.days;
  };
  return (nth(Math.ceil(all / 2)) + nth(Math.floor(all / 2) + 1)) / 2;
}

function sum(groups: readonly KeyGroup[], of: (group: KeyGroup) => number): number {
  return groups.reduce((total, group) => total + of(group), 0);
}

/**
 * Rows found right ÷ rows of the sample, once all are judged. A row whose paper nobody showed is not
 * right: else a department would do best to show none.
 */
export function accuracy(sampled: Sampled | null): Measure {
  if (sampled === null || sampled.judged < sampled.size) return notKnown;
  return share(sampled.right, sampled.size, notKnown);
}

// The mean month of the calendar: 365.2425 ÷ 12.
const daysOfMonth = 30.436875;
const daysBetweenUpdates: Readonly<Partial<Record<DirectoryItem['frequency'], number>>> = {
  'real-time': 1,
  day: 1,
  week: 7,
};

/**
 * First day of change that is fresh at the end of a month: within so many update periods. `null`: the
 * directory gives no period.
 */
export function freshSince(
  frequency: DirectoryItem['frequency'],
  month: Month,
  periods: number,
): Day | null {
  const months = monthsApart(frequency);
  if (months === null) return null;
  const days = daysBetweenUpdates[frequency] ?? months * daysOfMonth;
  return addDays(month.to, -Math.round(days * periods));
}

function freshness({ frequency }: Rhythm, counted: Freshness | null): Measure {
  if (frequency === 'on-occurrence') return notDue;
  return counted === null ? notKnown : share(counted.fresh, counted.dated, notKnown);
}

/** All figures of a source in a month (`YYYY-MM`). `rhythm`: what the directory says of the item. */
export function figuresOf(
  source: SourceMonth,
  month: string,
  rhythm: Rhythm,
  calendar: CalendarData,
): SourceFigures {
  const { groups, produced, duplicates, provider, item, natural } = source;
  const received = sum(groups, (group) => group.received);
  const passed = sum(groups, (group) => group.firstPassed);
  const passedAtLast = sum(groups, (group) => (group.acceptedOn === null ? 0 : group.received));
  // Nothing came: not due if it is declared that nothing was, else nobody can tell.
  const ofNothing = produced === 0 ? notDue : notKnown;
  const { dated, punctual } = punctuality(groups, rhythm, calendar);
  const errors = received - passed;
  const corrected = sum(groups, (group) =>
    group.acceptedOn === null ? 0 : group.received - group.firstPassed,
  );
  const required = sum(groups, (group) => group.cellsRequired);
  const figures: Figures = {
    reporting: reportingRate(received, produced),
    omission: omission(received, produced),
    timeliness: share(punctual, dated, received === 0 ? ofNothing : notKnown),
    late: share(dated - punctual, dated, received === 0 ? ofNothing : notKnown),
    compliance: share(passed, received, ofNothing),
    complianceFinal: share(passedAtLast, received, ofNothing),
    completeness: share(
      sum(groups, (group) => group.cellsFilled),
      required,
      received === 0 ? ofNothing : notKnown,
    ),
    association: share(
      sum(groups, (group) => group.matched),
      passedAtLast,
      received === 0 ? ofNothing : notKnown,
    ),
    duplicate: share(duplicates, received + duplicates, ofNothing),
    wrongCode: share(
      sum(groups, (group) => group.wrongCode),
      received,
      ofNothing,
    ),
    correction: share(corrected, errors, received === 0 ? ofNothing : notDue),
    continuity: continuity(rhythm, month, source.heardIn, source.owedSince),
    coverage: coverage(source, rhythm, month),
    accuracy: accuracy(source.sampled),
    concealed: notKnown,
    freshness: freshness(rhythm, source.fresh),
  };
  return {
    provider,
    item,
    received,
    natural,
    produced,
    correctionDays: correctionDays(groups),
    figures,
  };
}

/** Figures added up, over items or over providers: numerators and denominators, never rates. */
export function addUp(of: readonly SourceFigures[], name: FigureName): Measure {
  const measures = of.map(({ figures }) => figures[name]);
  const valued = measures.filter(({ state }) => state === 'value');
  if (valued.length === 0) {
    const due = measures.some(({ state }) => state === 'UNKNOWN');
    return due ? notKnown : notDue;
  }
  const total = (key: 'numerator' | 'denominator') =>
    valued.reduce((all, measure) => all + (measure[key] ?? 0), 0);
  const numerator = total('numerator');
  return name === 'omission'
    ? whole(numerator, total('denominator'))
    : share(numerator, total('denominator'), notDue);
}
