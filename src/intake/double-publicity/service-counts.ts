/** Timeliness, source counts by month, and the monthly table, from what was stored with every row. */
import { addWorkdays, workdaysBetween } from '../../kernel/calendar.ts';
import { type Day, addDays, addMonths, day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import { inForce } from '../../kernel/rulebook/rulebook.ts';
import { calendarOf } from '../../kernel/rulebook/tables.ts';
import type { LawView } from '../../archive/records/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/index.ts';
import { itemFor } from '../collection/index.ts';
import { listUnits } from '../../register/units/index.ts';
import {
  type Declared,
  type KeyGroup,
  type LateRow,
  keyGroups,
  lateRows,
  readDeclared,
  readLedgerAddresses,
  sourcesOf,
} from './store-counts.ts';
import {
  type Allowance,
  type MonthCounts,
  type Timeliness,
  countsOf,
  timelinessOf,
} from './domain.ts';

/** What counting needs. */
export type CountDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly rulebook: () => Rulebook;
  readonly law: () => LawView;
};

/** One source in one month: a provider and an item, by month of decision. */
export type SourceMonth = {
  readonly provider: string;
  readonly item: string;
  readonly period: string;
};

/** Days of a month written `YYYY-MM`; `null` when it is none. */
export function monthDays(period: string): { readonly from: Day; readonly to: Day } | null {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return null;
  const from = day(`${period}-01`);
  return { from, to: addDays(addMonths(from, 1), -1) };
}

/** The limit of an item in working days, by the directory; `null` where none is set. */
function allowanceOf(
  deps: CountDeps,
  item: string,
): Result<{ code: string; limit: number | null }> {
  const found = itemFor(deps.rulebook(), item, deps.clock.today(), deps.law().place);
  if (!found.ok) return found;
  const { code, allowance } = found.value.item;
  const limit = allowance !== 'unknown' && allowance.unit === 'workday' ? allowance.count : null;
  return ok({ code, limit });
}

function allowance(deps: CountDeps, limit: number | null): Allowance | null {
  if (limit === null) return null;
  const calendar = calendarOf(deps.rulebook());
  return {
    limit,
    dueOf: (decided) => addWorkdays(calendar, decided, limit).due,
    workdays: (decided, received) => workdaysBetween(calendar, decided, received),
  };
}

/** How a source reported the decisions of a month. Refuses `collection.bad-period`, `.no-such-item`. */
export async function timeliness(
  deps: CountDeps,
  source: SourceMonth,
): Promise<Result<Timeliness & { readonly limit: number | null }>> {
  const days = monthDays(source.period);
  if (days === null) return refuse('collection.bad-period', { period: source.period });
  const item = allowanceOf(deps, source.item);
  if (!item.ok) return item;
  const { code, limit } = item.value;
  const groups = await keyGroups(deps.database, { ...source, item: code, ...days });
  return ok({ limit, ...timelinessOf(groups, allowance(deps, limit), deps.clock.today()) });
}

/** A decision that came late, or never passed its checks, with the row that tells of it. */
export type Late = LateRow & { readonly due: Day; readonly workdays: number };

/** Late decisions of a source in a month, by decision day; `after` is the last key of the page before. */
export async function lateList(
  deps: CountDeps,
  source: SourceMonth,
  page: {
    readonly after: { readonly decidedOn: Day; readonly key: Id } | null;
    readonly limit: number;
  },
): Promise<Result<Late[]>> {
  const days = monthDays(source.period);
  if (days === null) return refuse('collection.bad-period', { period: source.period });
  const item = allowanceOf(deps, source.item);
  if (!item.ok) return item;
  const rule = allowance(deps, item.value.limit);
  if (rule === null) return ok([]);
  const dues: { decided: Day; due: Day }[] = [];
  for (let on = days.from; on <= days.to; on = addDays(on, 1)) {
    dues.push({ decided: on, due: rule.dueOf(on) });
  }
  const today = deps.clock.today();
  const rows = await lateRows(
    deps.database,
    { ...source, item: item.value.code, ...days },
    { dues, today, ...page },
  );
  return ok(
    rows.map((row) => ({
      ...row,
      due: rule.dueOf(row.decidedOn),
      workdays: rule.workdays(row.decidedOn, row.receivedOn ?? today),
    })),
  );
}

/** One line of the monthly table, beside what this system holds. */
export type MonthlyLine = SourceMonth &
  MonthCounts & { readonly providerName: string; readonly address: string | null };

/** The monthly table of a month, its due day, and whether that day is over. */
export type MonthlyTable = {
  readonly period: string;
  readonly due: Day;
  readonly overdue: boolean;
  readonly basis: readonly string[];
  readonly lines: readonly MonthlyLine[];
};

const tableItems = ['permit', 'penalty'];

/**
 * The Suzhou monthly table (data-standards §6.1) for permits and penalties: what each source declared
 * and what is here. Refuses `collection.bad-period`.
 */
export async function monthlyTable(
  deps: CountDeps,
  period: string,
  provider?: string,
): Promise<Result<MonthlyTable>> {
  const days = monthDays(period);
  if (days === null) return refuse('collection.bad-period', { period });
  const { database } = deps;
  const names = new Map((await listUnits(database)).map(({ code, name }) => [code, name]));
  const sources = (await sourcesOf(database, { items: tableItems, period, ...days })).filter(
    (source) => provider === undefined || source.provider === provider,
  );
  const addresses = await readLedgerAddresses(database, tableItems);
  const lines: MonthlyLine[] = [];
  for (const source of sources) {
    const declared = await readDeclared(database, { ...source, period });
    const groups = await keyGroups(database, { ...source, ...days });
    lines.push({
      ...source,
      period,
      providerName: names.get(source.provider) ?? source.provider,
      address: addresses.get(`${source.provider}|${source.item}`) ?? null,
      ...monthCounts(groups, declared),
    });
  }
  const { due, basis } = dueOf(deps, days.to);
  return ok({ period, due, basis, overdue: deps.clock.today() > due, lines });
}

function monthCounts(groups: readonly KeyGroup[], declared: Declared): MonthCounts {
  return countsOf(groups, declared);
}

const dueKey = 'publicity.monthly-table.due';

/** The day of the next month the table is due by, and what it rests on. */
function dueOf(deps: CountDeps, last: Day): { due: Day; basis: readonly string[] } {
  const next = addDays(last, 1);
  const { place } = deps.law();
  const limits = inForce(deps.rulebook(), 'limits', next, place).flatMap(
    ({ document }) => document.limits,
  );
  const found = limits.find((limit) => limit.key === dueKey);
  const dayOfMonth = Number(found?.value ?? 10);
  return { due: addDays(next, dayOfMonth - 1), basis: found?.basis ?? [] };
}
