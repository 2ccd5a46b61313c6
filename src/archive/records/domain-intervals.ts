/** Arithmetic of sets of days, as sorted, disjoint, non-touching half-open intervals. */
import type { Day } from '../../kernel/day.ts';
import type { Interval } from './domain.ts';

/** The days of an interval that also lie in `[from, until)`; `null` when none do. */
export function clip(interval: Interval, from: Day, until: Day | null): Interval | null {
  const start = interval.from > from ? interval.from : from;
  const end =
    interval.until === null
      ? until
      : until === null || interval.until < until
        ? interval.until
        : until;
  return end !== null && end <= start ? null : { from: start, until: end };
}

/** Union of intervals in any order. */
export function unite(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const result: Interval[] = [];
  for (const next of sorted) {
    const last = result[result.length - 1];
    if (last === undefined || (last.until !== null && last.until < next.from)) {
      result.push(next);
    } else if (last.until !== null && (next.until === null || next.until > last.until)) {
      result[result.length - 1] = { from: last.from, until: next.until };
    }
  }
  return result;
}

/** `intervals` without the days of `[from, until)`; `from` null means from the beginning. */
export function without(
  intervals: readonly Interval[],
  from: Day | null,
  until: Day | null,
): Interval[] {
  return intervals.flatMap((interval) => {
    const parts: Interval[] = [];
    if (from !== null && interval.from < from) {
      const before = clip(interval, interval.from, from);
      if (before) parts.push(before);
    }
    if (until !== null && (interval.until === null || until < interval.until)) {
      const after = clip(interval, until, interval.until);
      if (after) parts.push(after);
    }
    return parts;
  });
}

/** PostgreSQL text of a `datemultirange`. */
export function toMultirange(intervals: readonly Interval[]): string {
  return `{${intervals.map((item) => `[${item.from},${item.until ?? ''})`).join(',')}}`;
}

/** Reads PostgreSQL's text of a `datemultirange` (always canonical `[…)`). */
export function fromMultirange(text: string): Interval[] {
  return [...text.matchAll(/\[(\d{4}-\d{2}-\d{2}),(\d{4}-\d{2}-\d{2})?\)/g)].map((match) => ({
    from: match[1] as Day,
    until: (match[2] as Day | undefined) ?? null,
  }));
}
