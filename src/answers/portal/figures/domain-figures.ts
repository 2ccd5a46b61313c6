/** What the figures of the portal are about, and how a chart is cut from them. Pure. */
import type { Day } from '../../../kernel/day.ts';

/** Families the figures can be told by; `*` is all of them. */
export const figureFamilies = ['*', 'permit', 'penalty'] as const;
export type FigureFamily = (typeof figureFamilies)[number];

/** Charts of a page of figures. */
export const chartNames = ['month', 'item', 'region', 'sector', 'authority'] as const;
export type ChartName = (typeof chartNames)[number];

/** One bar: what it stands for, and how many. */
export type Bar = { readonly key: string; readonly count: number };

/** The months up to the one of a day, oldest first: `2026-06-15`, 3 → 2026-04, 05, 06. */
export function monthsUpTo(day: Day, many: number): string[] {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return Array.from({ length: many }, (_, index) => {
    const at = year * 12 + (month - 1) - (many - 1 - index);
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

/** Every month once, a month nobody decided anything in as nought. */
export function byMonth(rows: readonly Bar[], months: readonly string[]): Bar[] {
  const known = new Map(rows.map(({ key, count }) => [key, count]));
  return months.map((key) => ({ key, count: known.get(key) ?? 0 }));
}

/**
 * The largest `most` bars, the largest first, and under `rest` whatever of `total` they leave over. What
 * nobody knows the key of (`?`) stands last but for the rest. The counts always add up to `total`.
 */
export function largest(rows: readonly Bar[], most: number, total: number): Bar[] {
  const named = rows.filter(({ key }) => key !== '?');
  const unknown = rows.filter(({ key }) => key === '?');
  const top = [...named]
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .slice(0, most);
  const told = [...top, ...unknown];
  const left = total - told.reduce((sum, { count }) => sum + count, 0);
  return left > 0 ? [...told, { key: 'rest', count: left }] : told;
}

/** Adds bars that have the same name: several divisions of an industry in one section. */
export function united(rows: readonly Bar[], nameOf: (key: string) => string): Bar[] {
  const sums = new Map<string, number>();
  for (const { key, count } of rows) {
    const name = nameOf(key);
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return [...sums].map(([key, count]) => ({ key, count }));
}

/** What the figures at hand are of. */
export type RunFacts = {
  readonly day: string;
  readonly lawDigest: string;
  readonly madeAtMs: number;
  readonly seconds: number;
};

/** What may make them out of date. */
export type FigureNow = {
  readonly day: string;
  readonly lawDigest: string;
  readonly nowMs: number;
  /** When a delivery was last worked through, or released or withdrawn; `null`: never. */
  readonly newestChangeMs: number | null;
};

const restMs = 60_000;
const longestMs = 3_600_000;
const restPerWork = 50;

/**
 * Whether figures have to be worked out anew: another day, another state of the law; a new delivery, once
 * fifty times as long has passed as the working takes (at least a minute, so that it never costs more than
 * a fiftieth of a core); or an hour.
 */
export function figuresDue(run: RunFacts | null, now: FigureNow): boolean {
  if (run === null || run.day !== now.day || run.lawDigest !== now.lawDigest) return true;
  const age = now.nowMs - run.madeAtMs;
  const rest = Math.max(restMs, run.seconds * 1_000 * restPerWork);
  if (now.newestChangeMs !== null && now.newestChangeMs > run.madeAtMs) return age >= rest;
  return age >= Math.max(longestMs, rest);
}
