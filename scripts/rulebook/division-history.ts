/**
 * From lists to spans of validity. A change is dated to the first edition of any list that shows it;
 * where the day is known from the gazette (`divisions-known-changes.csv`) that day counts instead.
 * The ministry's list decides which name a code had; the other lists only date a change earlier, and
 * fill in the codes that exist in statistics alone.
 */
import { type Day, addDays, dayNumber, partsOf } from '../../src/kernel/day.ts';
import { assert } from '../../src/kernel/result.ts';
import {
  type KnownChange,
  type Sources,
  type Span,
  editionAfter,
  labelDay,
  newestLabel,
} from './division-sources.ts';

/** A code under one name, `from` its first day to its last (`null`: still in force). */
export type Entry = {
  readonly code: string;
  readonly name: string;
  from: Day;
  to: Day | null;
  readonly kind: 'legal' | 'statistics';
  source: string;
  replacedBy: string[];
};

/** Lists may differ by this many days and still mean the same change; more is another coding. */
const sameChangeDays = 731;

/** Names of grouping lines, which some editions print and others leave out. */
const headingName = /^(市辖区|县|市|(省|自治区)直辖(县级)?行政(单位|区划))$/;

/** Codes that the 2023 statistics edition leaves out on principle. */
const notInNewest = /^(71|81|82)/;

function apart(a: Day, b: Day): number {
  return Math.abs(dayNumber(a) - dayNumber(b));
}

/**
 * Spans without slips: a name inside the span of another name of the same code in the same list stood
 * there by mistake (an edition shifted by one line), and so did names marked `slip` by us.
 */
export function withoutSlips(
  spans: readonly Span[],
  known: readonly KnownChange[],
): { kept: Span[]; slips: Span[] } {
  const slips = spans.filter(
    (span) =>
      known.some((c) => c.event === 'slip' && c.code === span.code && c.name === span.name) ||
      spans.some(
        (other) =>
          other !== span &&
          other.code === span.code &&
          other.source === span.source &&
          other.name !== span.name &&
          other.first <= span.first &&
          span.last <= other.last,
      ),
  );
  return { kept: spans.filter((span) => !slips.includes(span)), slips };
}

/** First day that any list shows `span`, unless a list is so early that it must mean something else. */
function firstShown(span: Span, others: readonly Span[]): Day {
  const own = labelDay(span.first);
  return others
    .filter((other) => other.name === span.name)
    .map((other) => labelDay(other.first))
    .filter((shown) => apart(shown, own) <= sameChangeDays)
    .reduce((first, shown) => (shown < first ? shown : first), own);
}

/** First day that any list no longer shows `span`; `null` when its own list shows it to the end. */
function firstMissing(span: Span, others: readonly Span[], sources: Sources): Day | null {
  const next = editionAfter(sources, span.source, span.last);
  if (next === undefined) return null;
  return others
    .filter((other) => other.name === span.name && other.source === 'stats')
    .map((other) => editionAfter(sources, other.source, other.last))
    .filter((label) => label !== undefined)
    .map(labelDay)
    .filter((missing) => apart(missing, labelDay(next)) <= sameChangeDays)
    .reduce((first, missing) => (missing < first ? missing : first), labelDay(next));
}

function legalEntries(code: string, spans: readonly Span[], sources: Sources): Entry[] {
  const own = spans.filter((span) => span.source === 'mca');
  const others = spans.filter((span) => span.source !== 'mca');
  const { kept } = withoutSlips(own, sources.known);
  const entries = kept
    .toSorted((a, b) => (a.first < b.first ? -1 : 1))
    .map((span): Entry => {
      const missing = firstMissing(span, others, sources);
      const to = missing === null ? null : addDays(missing, -1);
      const from = firstShown(span, others);
      return { code, name: span.name, from, to, kind: 'legal', source: 'mca', replacedBy: [] };
    });
  const last = entries.at(-1);
  const now = sources.newest.get(code);
  if (last && last.to === null && now !== last.name && !notInNewest.test(code)) {
    last.to = addDays(labelDay(newestLabel), -1);
  }
  if (now !== undefined && !headingName.test(now) && !(last && last.to === null)) {
    entries.push(newestEntry(code, now, 'legal'));
  }
  return entries;
}

function newestEntry(code: string, name: string, kind: Entry['kind']): Entry {
  const from = labelDay(newestLabel);
  return { code, name, from, to: null, kind, source: 'stats-2023', replacedBy: [] };
}

/** Spans of one code in the other lists, joined where two lists show the same name. */
function statisticsEntries(code: string, spans: readonly Span[], sources: Sources): Entry[] {
  const entries: Entry[] = [];
  const { kept } = withoutSlips(spans, sources.known);
  for (const span of kept.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const end = isStillShown(span, sources) ? undefined : endLabel(span, sources);
    const to = end === undefined ? null : addDays(labelDay(end), -1);
    const same = entries.find((entry) => entry.name === span.name);
    if (same) {
      if (same.to !== null && (to === null || to > same.to)) same.to = to;
      continue;
    }
    const from = labelDay(span.first);
    const { name, source } = span;
    const kind = source === 'gb' && !headingName.test(name) ? 'legal' : 'statistics';
    entries.push({ code, name, from, to, kind, source, replacedBy: [] });
  }
  return entries;
}

/** The first edition without the span; the printed standard is followed by the statistics editions. */
function endLabel(span: Span, sources: Sources): string {
  const follower = span.source === 'gb' ? 'stats' : span.source;
  return editionAfter(sources, follower, span.last) ?? newestLabel;
}

/** Whether the span has not ended: the newest edition has it, or leaves out all lines of its sort. */
function isStillShown(span: Span, sources: Sources): boolean {
  if (span.source === 'contrib') return true;
  const inLast = editionAfter(sources, span.source, span.last) === undefined;
  if (!inLast || span.source === 'gb') return false;
  return headingName.test(span.name) || sources.newest.get(span.code) === span.name;
}

/** Cuts entries of one code so that no day has two names; the earlier one gives way. */
function withoutOverlap(entries: readonly Entry[]): Entry[] {
  const sorted = entries.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.flatMap((entry, index) => {
    const next = sorted[index + 1];
    if (next && (entry.to === null || entry.to >= next.from)) entry.to = addDays(next.from, -1);
    return entry.to !== null && entry.to < entry.from ? [] : [entry];
  });
}

/**
 * Parts of the other lists' entries that the ministry's entries of the code leave free, if they are
 * long enough and not merely the late end of the same name.
 */
function besides(statistics: readonly Entry[], legal: readonly Entry[]): Entry[] {
  if (legal.length === 0) return [...statistics];
  return statistics.flatMap((entry) => {
    const after = legal.filter((l) => l.to !== null && l.to >= entry.from).at(-1);
    const before = legal.find((l) => l.from > entry.from);
    const from = after && after.from <= entry.from ? addDays(after.to!, 1) : entry.from;
    const covered = legal.some((l) => l.from <= from && (l.to === null || l.to >= from));
    if (covered) return [];
    const to =
      before && before.from > from && (entry.to === null || entry.to >= before.from)
        ? addDays(before.from, -1)
        : entry.to;
    const long = to === null || (to > from && apart(from, to) > sameChangeDays);
    const late = after?.name === entry.name && after.to === addDays(from, -1);
    return long && !late ? [{ ...entry, from, to }] : [];
  });
}

function applyKnown(entries: readonly Entry[], known: readonly KnownChange[]): void {
  for (const change of known) {
    if (change.event === 'slip') continue;
    const index = entries.findIndex((e) => e.code === change.code && e.name === change.name);
    const entry = entries[index];
    assert(entry, `known change of ${change.code} ${change.name} fits no entry`);
    if (change.event === 'end') entry.replacedBy = [...change.replacedBy];
    if (change.on === null) continue;
    entry.source = `${entry.source}+law`;
    if (change.event === 'end') {
      assert(entry.to !== null, `${change.code} ${change.name} has not ended`);
      entry.to = addDays(change.on, -1);
    } else {
      const earlier = entries.filter((e) => e.code === change.code && e.from < entry.from).at(-1);
      const touches = earlier?.to === addDays(entry.from, -1);
      entry.from = change.on;
      if (earlier && touches) earlier.to = addDays(change.on, -1);
    }
  }
}

/** All entries of all codes, by code and first day; successors only where known, see `successors`. */
export function divisionHistory(sources: Sources): Entry[] {
  const byCode = new Map<string, Span[]>();
  for (const code of sources.newest.keys()) byCode.set(code, []);
  for (const span of sources.spans) {
    byCode.set(span.code, [...(byCode.get(span.code) ?? []), span]);
  }
  const all: Entry[] = [];
  for (const [code, spans] of [...byCode].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const inMinistry = spans.some((span) => span.source === 'mca');
    const isZone = code[4] === '7' && code.slice(4) !== '70';
    if (spans.length === 0) {
      all.push(newestEntry(code, sources.newest.get(code)!, isZone ? 'statistics' : 'legal'));
      continue;
    }
    const others = spans.filter((span) => span.source !== 'mca');
    const legal = inMinistry ? withoutOverlap(legalEntries(code, spans, sources)) : [];
    const statistics = withoutOverlap(statisticsEntries(code, others, sources));
    const now = sources.newest.get(code);
    if (!inMinistry && now !== undefined && !statistics.some((e) => e.to === null)) {
      statistics.push(newestEntry(code, now, isZone ? 'statistics' : 'legal'));
    }
    const entries = [...legal, ...besides(statistics, legal)];
    all.push(...entries.sort((a, b) => (a.from < b.from ? -1 : 1)));
  }
  applyKnown(all, sources.known);
  for (const entry of all) {
    assert(entry.to === null || entry.to >= entry.from, `${entry.code} ${entry.name} is upside down`);
    assert(partsOf(entry.from).year >= 1980, `${entry.code} begins before the first list`);
  }
  return all;
}
