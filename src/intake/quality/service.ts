/** 质量: figures of a month, and the facts behind each of them. Reads only. */
import type { CalendarData } from '../../kernel/calendar.ts';
import { addDays, addMonths, dayOf, startOfDay } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import { calendarOf } from '../../kernel/rulebook/tables.ts';
import { itemsOn } from '../../law/directory/index.ts';
import { type Duty, dutiesOn, readDuties } from '../collection/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/index.ts';
import {
  type KeyGroup,
  type Month,
  type Rhythm,
  type SourceFigures,
  type SourceMonth,
  cutOff,
  figuresOf,
  freshSince,
  isPunctual,
  longestMonths,
  monthOf,
} from './domain.ts';
import { type QualityLimits, limitsOn } from './domain-limits.ts';
import {
  type Against,
  type Days,
  type FactRow,
  type SourceFilter,
  type Span,
  factGroups,
  everySource,
  factRows,
  freshCounts,
  isOf,
  monthsOfSources,
  nameOf,
  producedCounts,
  repeats,
} from './store.ts';
import { sampledCounts } from './store-sample.ts';

/** What measuring needs; it changes nothing. */
export type QualityDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly rulebook: () => Rulebook;
  readonly place: string;
};

/** A month's surroundings: law of its last day, days, and the instants events are read between. */
export type MonthContext = {
  readonly month: Month;
  readonly calendar: CalendarData;
  readonly limits: QualityLimits;
  readonly span: Span;
  /** Whether corrections can still change the final rates. */
  readonly closed: boolean;
  readonly rhythms: ReadonlyMap<string, Rhythm>;
};

/** Reads a period `YYYY-MM`. Refuses `quality.bad-period`, `quality.not-begun`. */
export function monthContext(deps: QualityDeps, period: string): Result<MonthContext> {
  const month = monthOf(period);
  if (!month.ok) return month;
  const { from, to } = month.value;
  const today = deps.clock.today();
  if (from > today) return refuse('quality.not-begun', { period });
  const rulebook = deps.rulebook();
  const on = addDays(to, -1);
  const limits = limitsOn(rulebook, on, deps.place);
  const calendar = calendarOf(rulebook);
  const last = cutOff(calendar, month.value, limits.correctionWorkdays);
  const until = startOfDay(addDays(last, 1));
  // A lower layer comes later and says more of an item than the nation did.
  const rhythms = new Map<string, Rhythm>();
  for (const { item } of itemsOn(rulebook, on, deps.place)) {
    const above = rhythms.get(item.code);
    const { frequency, allowance } = item;
    rhythms.set(item.code, {
      frequency: frequency === 'unknown' ? (above?.frequency ?? frequency) : frequency,
      allowance: allowance === 'unknown' ? (above?.allowance ?? allowance) : allowance,
    });
  }
  return ok({
    month: month.value,
    calendar,
    limits,
    span: { from: startOfDay(from), to: startOfDay(to), until },
    closed: today > last,
    rhythms,
  });
}

/** What the directory says of an item that is not in it. */
export const unknownRhythm = { frequency: 'unknown', allowance: 'unknown' } as const;

/** Figures of all sources asked for, in a month. */
export type MonthFigures = {
  readonly period: string;
  /** Last day whose receipts count; before it the final rates may still change. */
  readonly cutOff: string;
  readonly closed: boolean;
  readonly limits: string;
  readonly sources: readonly SourceFigures[];
};

/** Works the figures of a month out of stored events. Refuses what {@link monthContext} does. */
export async function monthFigures(
  deps: QualityDeps,
  period: string,
  of: SourceFilter = everySource,
): Promise<Result<MonthFigures>> {
  const context = monthContext(deps, period);
  if (!context.ok) return context;
  const { month, span, limits, closed, calendar, rhythms } = context.value;
  const sources = await sourcesOf(deps, context.value, of);
  return ok({
    period: month.period,
    cutOff: addDays(dayOf(span.until), -1),
    closed,
    limits: limits.edition,
    sources: sources.map((source) =>
      figuresOf(source, month.period, rhythms.get(source.item) ?? unknownRhythm, calendar),
    ),
  });
}

/** Duties that held on the last day of a month. */
export function owedAtEnd(duties: readonly Duty[], { to }: Pick<Month, 'to'>): Duty[] {
  return dutiesOn(duties, addDays(to, -1));
}

async function sourcesOf(
  deps: QualityDeps,
  { month, span, limits, rhythms }: MonthContext,
  of: SourceFilter,
): Promise<SourceMonth[]> {
  const { database } = deps;
  const before = addMonths(month.from, 1 - longestMonths);
  const [groups, again, declared, delivered, sampled, duties] = await Promise.all([
    factGroups(database, span, of, limits.wrongCodeRules),
    repeats(database, span, of),
    producedCounts(database, before.slice(0, 7), month.period),
    monthsOfSources(database, startOfDay(before), span.to),
    sampledCounts(database, month.period),
    readDuties(database),
  ]);
  const owed = new Map(owedAtEnd(duties, month).map((duty) => [nameOf(duty), duty]));
  // Who has to report and never did is a source as well.
  const names = new Map(
    [...groups, ...again, ...declared, ...delivered, ...owed.values()]
      .filter((source) => isOf(source, of))
      .map(({ provider, item }) => [nameOf({ provider, item }), { provider, item }]),
  );
  const fresh = await freshCounts(
    database,
    span.to,
    [...names.values()].flatMap((source) => {
      const { frequency } = rhythms.get(source.item) ?? unknownRhythm;
      const since = freshSince(frequency, month, limits.freshPeriods);
      return since === null ? [] : [{ ...source, since }];
    }),
  );
  const groupsBy = new Map<string, KeyGroup[]>();
  for (const group of groups) {
    const list = groupsBy.get(nameOf(group));
    if (list === undefined) groupsBy.set(nameOf(group), [group]);
    else list.push(group);
  }
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, source]): SourceMonth => {
      const repeated = again.find((row) => nameOf(row) === name);
      const said = declared.filter((row) => nameOf(row) === name);
      const deliveredIn = delivered
        .filter((row) => nameOf(row) === name && row.passed > 0)
        .map((row) => row.month);
      const zeroIn = said.filter(({ count }) => count === 0).map((row) => row.month);
      return {
        ...source,
        groups: groupsBy.get(name) ?? [],
        duplicates: repeated?.duplicates ?? 0,
        natural: repeated?.natural ?? 0,
        produced: said.find((row) => row.month === month.period)?.count ?? null,
        heardIn: [...new Set([...deliveredIn, ...zeroIn])],
        deliveredIn,
        owedSince: owed.get(name)?.since ?? null,
        sampled: sampled.find((row) => nameOf(row) === name) ?? null,
        fresh: fresh.find((row) => nameOf(row) === name) ?? null,
      };
    });
}

/** Figures that can be opened: all facts received, and those that stand against one. */
const openable = [
  'received',
  'late',
  'rejected',
  'uncorrected',
  'incomplete',
  'unmatched',
] as const;

/** One page of the facts behind a figure, and the place the next begins after. */
export type FactPage = { readonly rows: readonly FactRow[]; readonly next: string | null };

/**
 * Facts behind a figure, in the order of batch and row. `after`: `batch/row` of the last one seen.
 * Refuses `quality.bad-figure`, `quality.bad-place`.
 */
export async function figureRows(
  deps: QualityDeps,
  asked: SourceFilter & {
    readonly period: string;
    readonly figure: string;
    readonly after?: string;
  },
  limit: number,
): Promise<Result<FactPage>> {
  const context = monthContext(deps, asked.period);
  if (!context.ok) return context;
  const figure = openable.find((name) => name === asked.figure);
  if (figure === undefined) {
    return refuse('quality.bad-figure', { figure: asked.figure, known: openable.join(', ') });
  }
  const after = asked.after === undefined ? null : placeOf(asked.after);
  if (asked.after !== undefined && after === null) {
    return refuse('quality.bad-place', { place: asked.after });
  }
  const { database } = deps;
  const { span } = context.value;
  const against: Against =
    figure === 'late'
      ? { of: 'days', days: await lateDays(deps, context.value, asked) }
      : { of: figure };
  const found = await factRows(database, span, asked, {
    ...{ against, after },
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const next = found.length > limit && last !== undefined ? `${last.batchId}/${last.row}` : null;
  return ok({ rows, next });
}

/** Days of the facts that came late. Working days are known here and not to the database. */
async function lateDays(
  { database }: QualityDeps,
  { span, limits, calendar, rhythms }: MonthContext,
  of: SourceFilter,
): Promise<Days[]> {
  const groups = await factGroups(database, span, of, limits.wrongCodeRules);
  return groups.filter(
    (group) => isPunctual(group, rhythms.get(group.item) ?? unknownRhythm, calendar) === false,
  );
}

function placeOf(text: string): { batchId: string; row: number } | null {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,12})$/.exec(text);
  return found === null ? null : { batchId: found[1]!, row: Number(found[2]) };
}
