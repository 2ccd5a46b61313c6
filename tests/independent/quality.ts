/**
 * Figures of a month of one source, counted from raw events in a way of its own: row by row, in order,
 * with nothing of `src/`. Working days are Monday to Friday but for the holidays listed.
 */
import { count, text } from './calendar.ts';

/** What became of one row, in the order of receipt. */
export type RowEvent = {
  readonly outcome: 'A' | 'W' | 'D' | 'H' | 'R';
  readonly key: string | null;
  readonly digest: string;
  readonly decided: string | null;
  readonly received: string;
  readonly linked: boolean;
  readonly required: number;
  readonly filled: number;
  /** The row takes back what was said under its key. */
  readonly takesBack?: boolean;
};

type Fact = { first: RowEvent; last: RowEvent; accepted: RowEvent | null; linked: boolean };

// 2026: Qingming. Enough for the month of the test.
const holidays = new Set(['2026-04-06']);

function workdays(from: string, to: string): number {
  let days = 0;
  for (let day = count(from) + 1; day <= count(to); day += 1) {
    const weekday = (((day + 3) % 7) + 7) % 7;
    if (weekday < 5 && !holidays.has(text(day))) days += 1;
  }
  return days;
}

/** Numerator and denominator by figure. */
export function recompute(
  events: readonly RowEvent[],
  of: { readonly month: string; readonly until: string; readonly produced: number | null },
) {
  const facts = new Map<string, Fact>();
  let said = 0;
  for (const event of events) {
    if (event.received > of.until) continue;
    const key = event.key ?? event.digest;
    const fact = facts.get(key);
    // Taking back a wrong row does not put it right.
    const passes = event.outcome !== 'R' && !(fact !== undefined && event.takesBack === true);
    if (fact === undefined) {
      const accepted = passes ? event : null;
      facts.set(key, { first: event, last: event, accepted, linked: event.linked });
      continue;
    }
    const same = event.outcome === 'D' || event.digest === fact.last.digest;
    if (same && event.received.startsWith(of.month)) said += 1;
    if (passes) fact.accepted ??= event;
    fact.linked ||= event.linked;
    fact.last = event;
  }
  const mine = [...facts.values()].filter(({ first }) => first.received.startsWith(of.month));
  const passed = mine.filter(({ first }) => first.outcome !== 'R').length;
  const atLast = mine.filter(({ accepted }) => accepted !== null);
  const punctual = atLast.filter(({ first, accepted, last }) => {
    const decided = first.decided ?? last.decided;
    return decided !== null && workdays(decided, accepted!.received) <= 7;
  }).length;
  const sum = (key: 'required' | 'filled') => mine.reduce((all, { last }) => all + last[key], 0);
  return {
    reporting:
      of.produced === null ? null : ([Math.min(mine.length, of.produced), of.produced] as const),
    compliance: [passed, mine.length],
    complianceFinal: [atLast.length, mine.length],
    timeliness: [punctual, mine.length],
    completeness: [sum('filled'), sum('required')],
    association: [atLast.filter(({ linked }) => linked).length, atLast.length],
    duplicate: [said, mine.length + said],
    correction: [atLast.length - passed, mine.length - passed],
  } as const;
}
