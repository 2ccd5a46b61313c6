/**
 * Where the table and the lists it comes from do not agree, and why. Every (list, code, edition) pair
 * that the lists show is asked of the table; what differs must have one of the reasons below.
 */
import { type Day, dayNumber } from '../../src/kernel/day.ts';
import { type DivisionTable, resolveDivision } from '../../src/kernel/divisions.ts';
import { type Sources, type Span, labelDay } from './division-sources.ts';
import { withoutSlips } from './division-history.ts';

/** A run of editions of one list in which the table says something else. */
export type Difference = {
  readonly source: string;
  readonly code: string;
  readonly name: string;
  readonly first: string;
  readonly last: string;
  readonly editions: number;
  /** What the table says: its name, or its status where the code is not in force. */
  readonly table: string;
  readonly reason: string;
};

/** Reasons a difference may have, in the words of the committed list. */
export const differenceReasons = {
  'legal-date': '名录标注的月份早于法定变更日，表中按法定日期',
  slip: '名录个别版本错行或误录，表中不采',
  lag: '该名录更新滞后，另一名录已显示变更，表中按最早显示变更的版本',
  spelling: '同一代码两种写法，表中取民政部名录的写法',
  'two-lists': '两个名录在同一时期对同一代码的安排不同，表中取民政部名录',
} as const;

/** One question to the table: a code and the name that a list shows on the day of an edition. */
export type Pair = { readonly span: Span; readonly label: string; readonly on: Day };

/** All (list, code, edition) pairs; a span with gaps gives only its first and last edition. */
export function pairsOf(sources: Sources): Pair[] {
  return sources.spans.flatMap((span) => {
    const within = (sources.editions.get(span.source) ?? []).filter(
      (label) => span.first <= label && label <= span.last,
    );
    const sure = within.length === span.editions ? within : [span.first, span.last];
    return [...new Set(sure)].map((label) => ({ span, label, on: labelDay(label) }));
  });
}

function agrees(table: DivisionTable, pair: Pair): boolean {
  const answer = resolveDivision(table, pair.span.code, pair.on);
  return answer.status === 'in-force' && answer.name === pair.span.name;
}

/** Days by which a list may be late; a name that turns up later than that is another coding. */
const lateDaysMax = 1826;

function reasonOf(pair: Pair, table: DivisionTable, slips: ReadonlySet<Span>): string {
  const { span, on } = pair;
  if (slips.has(span)) return 'slip';
  const { status } = resolveDivision(table, span.code, on);
  const row = table.byCode.get(span.code)?.findLast((r) => r.name === span.name);
  if (!row) return status === 'in-force' ? 'spelling' : 'two-lists';
  if (row.validFrom !== null && on < row.validFrom) {
    return row.source.includes('law') ? 'legal-date' : 'two-lists';
  }
  if (row.validTo === null || on <= row.validTo) return 'unexplained';
  return dayNumber(on) - dayNumber(row.validTo) <= lateDaysMax ? 'lag' : 'two-lists';
}

/** All differences, runs of editions folded together, in order of list, code and edition. */
export function divisionDifferences(sources: Sources, table: DivisionTable): Difference[] {
  const byCode = new Map<string, Span[]>();
  for (const span of sources.spans) byCode.set(span.code, [...(byCode.get(span.code) ?? []), span]);
  const slips = new Set(
    [...byCode.values()].flatMap((spans) => withoutSlips(spans, sources.known).slips),
  );
  const runs = new Map<string, Difference>();
  for (const pair of pairsOf(sources)) {
    if (agrees(table, pair)) continue;
    const { span, label, on } = pair;
    const answer = resolveDivision(table, span.code, on);
    const said = answer.status === 'in-force' ? answer.name! : answer.status;
    const reason = reasonOf(pair, table, slips);
    const key = [span.source, span.code, span.name, said, reason].join(' ');
    const run = runs.get(key);
    runs.set(key, {
      source: span.source,
      code: span.code,
      name: span.name,
      first: run?.first ?? label,
      last: label,
      editions: (run?.editions ?? 0) + 1,
      table: said,
      reason,
    });
  }
  return [...runs.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey(difference: Difference): string {
  return `${difference.source} ${difference.code} ${difference.first}`;
}
