/**
 * Windows: for every segment of time the rules in force then decide from when and until when a
 * channel is open; the record's windows are the union of these pieces, less what shuts them
 * (rules.md §1.2–1.3, design.md §3, §12).
 */
import { type Day, addDays, addMonths, later } from '../../kernel/day.ts';
import type { Facts } from '../../kernel/rules.ts';
import { holds } from '../../kernel/rules.ts';
import { type Edition, isConfirmed } from '../../kernel/rulebook/rulebook.ts';
import type { Bound, Channel, ClassStandard, Regime } from '../../kernel/rulebook/terms.ts';
import type {
  DateName,
  Dated,
  Interval,
  RecordFacts,
  RecordWindows,
  ResolvedClass,
} from './domain.ts';
import { channels } from './domain.ts';
import { resolveClass } from './domain-class.ts';
import { clip, unite, without } from './domain-intervals.ts';
import { type Plan, type PlanRow, type Segment, segmentOn } from './domain-plan.ts';

/** Why a channel does not open in a segment at all. */
export type ShutReason =
  | 'no-item-basis'
  | 'item-unconfirmed'
  | 'item-not-public'
  | 'item-not-shared'
  | 'item-attribute-unknown'
  | 'no-regime'
  | 'class-not-covered'
  | 'no-row'
  | 'never'
  | 'rule-unconfirmed'
  | 'rule-without-basis'
  | 'evidence-missing'
  | 'date-missing';

/** The day a clock starts on; `insteadOf`: the day the law names, which nobody reported. */
export type WorkedStart = {
  readonly name: DateName;
  readonly value: Dated;
  readonly insteadOf?: DateName;
};

/** A bound worked out: the day after the last open day, and what it came from. */
export type WorkedBound = {
  readonly kind: 'after' | 'field' | 'ban' | 'overlay' | 'transition' | 'local';
  /** `null`: this bound sets no end (long-term). */
  readonly until: Day | null;
  readonly start?: WorkedStart;
  readonly months?: number;
  readonly field?: DateName;
  readonly basis: readonly string[];
  readonly edition: string;
  readonly confirmed: boolean;
};

/** One channel in one segment, with all that led to it. */
export type Piece = {
  readonly segment: Segment;
  readonly channel: Channel;
  readonly resolved: ResolvedClass | null;
  readonly row: PlanRow | null;
  readonly opensOn: Day | null;
  readonly opensBy: Dated | null;
  readonly bounds: readonly WorkedBound[];
  readonly governing: WorkedBound | null;
  readonly shut: ShutReason | null;
  /** Open days of this segment before closures. */
  readonly open: Interval | null;
};

/** Works out all windows of one record under one plan. */
export function windowsOf(plan: Plan, facts: RecordFacts): RecordWindows {
  const pieces = channels.map(() => [] as Interval[]);
  for (const segment of segmentsFor(plan, facts)) {
    const resolved = classIn(plan, segment, facts);
    channels.forEach((channel, index) => {
      const { open } = pieceOf(plan, segment, { facts, channel, resolved });
      if (open !== null) pieces[index]!.push(open);
    });
  }
  const shut = (channel: Channel, intervals: Interval[]) =>
    facts.closures
      .filter((closure) => closure.channels.includes(channel))
      .reduce((left, closure) => without(left, closure.from, closure.to), intervals);
  const [show, share, use, report] = channels.map((channel, index) =>
    shut(channel, unite(pieces[index]!)),
  );
  return { show: show!, share: share!, use: use!, report: report! };
}

/** Segments that can matter: none before the first receipt; cut where the class facts change. */
export function segmentsFor(plan: Plan, facts: RecordFacts): Segment[] {
  return plan.segments
    .filter((segment) => segment.to === null || segment.to > facts.receivedOn)
    .flatMap((segment) =>
      cutAt(
        segment,
        facts.changes.map((change) => change.from),
      ),
    );
}

function cutAt(segment: Segment, days: readonly Day[]): Segment[] {
  const inside = days.filter(
    (cut) => segment.from < cut && (segment.to === null || cut < segment.to),
  );
  if (inside.length === 0) return [segment];
  const starts = [segment.from, ...[...new Set(inside)].sort()];
  return starts.map((from, index) => ({ ...segment, from, to: starts[index + 1] ?? segment.to }));
}

/** Class facts as of the first day of a segment. */
export function classFactsOn(facts: RecordFacts, on: Day): Facts {
  const change = facts.changes.filter((item) => item.from <= on).at(-1);
  return change === undefined ? facts.classFacts : change.classFacts;
}

/** The class in a segment; `null` for items that carry none. */
export function classIn(plan: Plan, segment: Segment, facts: RecordFacts): ResolvedClass | null {
  if (!facts.item.graded || segment.classes === null) return null;
  return resolveClass(plan.rulebook, segment.classes, classFactsOn(facts, segment.from));
}

/** The class on a day, by the facts and the standard of that day; `null` for items that carry none. */
export function classOn(plan: Plan, facts: RecordFacts, on: Day): ResolvedClass | null {
  return classIn(plan, { ...segmentOn(plan, on), from: on }, facts);
}

type PieceInput = {
  readonly facts: RecordFacts;
  readonly channel: Channel;
  readonly resolved: ResolvedClass | null;
};

/** One channel in one segment. Pure; also what explanations are told from. */
export function pieceOf(plan: Plan, segment: Segment, input: PieceInput): Piece {
  const { facts, channel, resolved } = input;
  const blank = {
    segment,
    channel,
    resolved,
    row: null,
    opensOn: null,
    opensBy: null,
    bounds: [],
    governing: null,
    open: null,
  };
  const early = shutBeforeRow(segment, input);
  if (early !== null) return { ...blank, shut: early };
  const row = rowFor(segment.rows[channel], resolved, classFactsOn(facts, segment.from));
  const shut = shutByRow(row);
  if (row === null || shut !== null) return { ...blank, row, shut: shut ?? 'no-row' };

  const overlays = overlayRows(segment, input);
  // What local law shuts is told by the local rule that shuts it.
  const barring = overlays.find((overlay) => overlay.row.opens === 'never');
  if (barring !== undefined) return { ...blank, row: barring, shut: 'never' };
  const opensBy = latestOpening([row, ...overlays], facts);
  if (opensBy === null) {
    const waiting = [row, ...overlays].find((item) => item.row.opens === 'evidence')!;
    return { ...blank, row: waiting, shut: 'evidence-missing' };
  }
  const bounds = boundsOf(plan, segment, input, { row, overlays });
  if (bounds === null) return { ...blank, row, opensBy, shut: 'date-missing' };
  const governing = earliest(bounds);
  const until = governing?.until ?? null;
  const opensOn = later(opensBy.day, facts.receivedOn);
  const whole: Interval = { from: opensOn, until };
  const open = until !== null && until <= opensOn ? null : clip(whole, segment.from, segment.to);
  return { ...blank, row, opensOn, opensBy, bounds, governing, shut: null, open };
}

function shutBeforeRow(segment: Segment, input: PieceInput): ShutReason | null {
  const { item } = input.facts;
  if (!item.confirmed) return 'item-unconfirmed';
  if (segment.itemSupport === null) return 'no-item-basis';
  if (input.channel === 'show' && item.publicity !== 'public') {
    return item.publicity === 'unknown' ? 'item-attribute-unknown' : 'item-not-public';
  }
  if ((input.channel === 'share' || input.channel === 'use') && item.publicity !== 'public') {
    if (item.sharing === 'unknown') return 'item-attribute-unknown';
    if (item.sharing === 'not-shared') return 'item-not-shared';
  }
  if (segment.base === null) return 'no-regime';
  // A report tells what happened whatever its class; only what weighs on the subject needs one.
  const weighs = input.channel !== 'report';
  if (weighs && item.graded && (input.resolved === null || !input.resolved.covered)) {
    return 'class-not-covered';
  }
  return null;
}

/** First row whose class and further condition hold. */
function rowFor(
  rows: readonly PlanRow[],
  resolved: ResolvedClass | null,
  facts: Facts,
): PlanRow | null {
  for (const candidate of rows) {
    const wanted = candidate.row.class;
    if (wanted !== '*' && wanted !== resolved?.class && wanted !== resolved?.windowsOf) continue;
    if (candidate.row.only !== undefined && !holds(candidate.row.only, facts)) continue;
    return candidate;
  }
  return null;
}

function shutByRow(row: PlanRow | null): ShutReason | null {
  if (row === null) return 'no-row';
  if (row.row.opens === 'never') return 'never';
  if (!row.confirmed) return 'rule-unconfirmed';
  return row.support === null ? 'rule-without-basis' : null;
}

/** The later of all openings; `null` when a date that must be evidenced is not. */
function latestOpening(
  rows: readonly PlanRow[],
  facts: RecordFacts,
): { readonly day: Day; readonly source: string } | null {
  let latest = { day: facts.receivedOn, source: 'receipt' };
  for (const { row } of rows) {
    if (row.opens !== 'evidence') continue;
    const evidenced = facts.dates['remedy-over'];
    if (evidenced === undefined || evidenced.day === 'long-term') return null;
    if (evidenced.day > latest.day) latest = { day: evidenced.day, source: evidenced.source };
  }
  return latest;
}

/** Rows of local law that apply beside the base row, one per overlay. */
function overlayRows(segment: Segment, input: PieceInput): PlanRow[] {
  const facts = classFactsOn(input.facts, segment.from);
  return segment.overlays.flatMap((overlay) => {
    const row = rowFor(overlay[input.channel], input.resolved, facts);
    return row === null ? [] : [row];
  });
}

function earliest(bounds: readonly WorkedBound[]): WorkedBound | null {
  return bounds.reduce<WorkedBound | null>(
    (best, bound) =>
      bound.until !== null && (best === null || best.until === null || bound.until < best.until)
        ? bound
        : best,
    null,
  );
}

/** All bounds of a channel in a segment; `null` when a needed date is missing. */
function boundsOf(
  plan: Plan,
  segment: Segment,
  input: PieceInput,
  rows: { readonly row: PlanRow; readonly overlays: readonly PlanRow[] },
): WorkedBound[] | null {
  const { facts, channel } = input;
  const own = rowBounds(rows.row, facts);
  if (own === null) return null;
  const extended = extendByBan(plan, own, segment.base!, { ...input, on: segment.from });
  const shortening = rows.overlays.flatMap((overlay) => overlayBounds(overlay, facts));
  for (const bound of segment.localBounds) {
    if (!bound.document.channels.includes(channel)) continue;
    // Nothing known to start from: the first receipt is later than any day the law can have meant.
    const start = startDay(bound.document.from, facts) ?? {
      name: 'determination' as const,
      value: { day: facts.receivedOn, source: 'receipt' },
    };
    shortening.push({
      kind: 'local',
      until: untilAfter(start.value.day as Day, bound.document.years * 12),
      start,
      months: bound.document.years * 12,
      basis: bound.document.basis,
      edition: `${bound.document.kind}:${bound.document.id}@${bound.document.edition}`,
      confirmed: bound.document.confidence === 'confirmed',
    });
  }
  shortening.push(...transitionBounds(plan, segment, input));
  return [...extended, ...shortening];
}

/** The corresponding day is the last day (Civil Code art. 202); `until` is the day after it. */
function untilAfter(start: Day, months: number): Day {
  return addDays(addMonths(start, months), 1);
}

/**
 * The day a clock starts on, by what was reported; the determination stands in for a day nobody
 * reported. `null` where neither is known or the day is the long-term sentinel.
 */
export function startDay(
  name: 'determination' | 'publicity' | 'valid-from' | 'end-of-conduct',
  facts: RecordFacts,
): WorkedStart | null {
  const own = facts.dates[name];
  if (own !== undefined) return own.day === 'long-term' ? null : { name, value: own };
  // Publicity follows the decision and the conduct ended before it: where the day itself was never
  // reported the decision is the earlier clock, or the outer bound. Never the receipt: a record that
  // arrived late must not stay longer (rules.md §15 trap 2).
  const decided = name === 'valid-from' ? undefined : facts.dates['determination'];
  if (decided === undefined || decided.day === 'long-term') return null;
  return { name: 'determination', value: decided, insteadOf: name };
}

function workBound(bound: Bound, row: PlanRow, facts: RecordFacts): WorkedBound | null {
  const { document } = row.edition;
  const edition = `${document.kind}:${document.id}@${document.edition}`;
  if ('after' in bound) {
    const start = startDay(bound.after.from, facts);
    if (start === null) return null;
    const until = untilAfter(start.value.day as Day, bound.after.months);
    return {
      kind: 'after',
      until,
      start,
      months: bound.after.months,
      basis: bound.basis,
      edition,
      confirmed: row.confirmed,
    };
  }
  const value = facts.dates[bound.field];
  return {
    kind: 'field',
    until: value === undefined || value.day === 'long-term' ? null : addDays(value.day, 1),
    field: bound.field,
    ...(value === undefined ? {} : { start: { name: bound.field, value } }),
    basis: bound.basis,
    edition,
    confirmed: row.confirmed,
  };
}

function rowBounds(row: PlanRow, facts: RecordFacts): WorkedBound[] | null {
  const worked: WorkedBound[] = [];
  for (const bound of row.row.ends) {
    const result = workBound(bound, row, facts);
    if (result === null) return null;
    worked.push(result);
  }
  return worked;
}

/** A live ban that outlasts the maximum keeps the record shown until the ban's own last day. */
function extendByBan(
  plan: Plan,
  bounds: readonly WorkedBound[],
  base: Edition<Regime>,
  { facts, channel, on }: PieceInput & { readonly on: Day },
): WorkedBound[] {
  const ban = base.document.ban;
  const until = facts.dates['valid-until'];
  if (channel !== 'show' || ban?.extends !== true || until === undefined) return [...bounds];
  // Keeping a record shown for longer is an adverse act: an unconfirmed rule does not carry it.
  if (!isConfirmed(plan.rulebook, base.document, ban.confidence)) return [...bounds];
  const kinds = classFactsOn(facts, on)['kinds'];
  if (!Array.isArray(kinds) || !kinds.some((kind: string) => ban.kinds.includes(kind))) {
    return [...bounds];
  }
  const banUntil = until.day === 'long-term' ? null : addDays(until.day, 1);
  return bounds.map((bound) => {
    if (bound.kind !== 'after' || bound.until === null) return bound;
    if (banUntil !== null && banUntil <= bound.until) return bound;
    return {
      kind: 'ban',
      until: banUntil,
      start: { name: 'valid-until', value: until },
      basis: ban.basis,
      edition: bound.edition,
      confirmed: bound.confirmed,
    };
  });
}

/** What only shortens needs no confirmation: it can only protect the subject. */
function overlayBounds(row: PlanRow, facts: RecordFacts): WorkedBound[] {
  const bounds = rowBounds(row, facts) ?? [];
  return bounds.map((bound) => ({ ...bound, kind: 'overlay' as const }));
}

function nothing(row: PlanRow): WorkedBound {
  const { document } = row.edition;
  return {
    kind: 'transition',
    until: '0001-01-02' as Day,
    basis: row.row.basis,
    edition: `${document.kind}:${document.id}@${document.edition}`,
    confirmed: row.confirmed,
  };
}

/** Records decided before a new regime end at the earlier of both maxima (design.md §12.2). */
function transitionBounds(plan: Plan, segment: Segment, input: PieceInput): WorkedBound[] {
  const { facts, channel } = input;
  const decided = facts.dates['determination'];
  return segment.transitions.flatMap(({ transition, older, until, rows, olderClasses }) => {
    const { document } = transition;
    if (!document.channels.includes(channel)) return [];
    if (decided === undefined || decided.day === 'long-term' || decided.day > until) {
      return [];
    }
    const resolved = olderClass(plan, olderClasses, segment, facts);
    const row = rowFor(rows[channel], resolved, classFactsOn(facts, segment.from));
    if (row === null) return [];
    if (row.row.opens === 'never') return [nothing(row)];
    const bounds = extendByBan(plan, rowBounds(row, facts) ?? [], older, {
      ...input,
      resolved,
      on: segment.from,
    });
    return bounds.map((bound) => ({
      ...bound,
      kind: 'transition' as const,
      confirmed: document.confidence === 'confirmed',
    }));
  });
}

function olderClass(
  plan: Plan,
  olderClasses: Edition<ClassStandard> | null,
  segment: Segment,
  facts: RecordFacts,
): ResolvedClass | null {
  if (!facts.item.graded || olderClasses === null) return null;
  return resolveClass(plan.rulebook, olderClasses, classFactsOn(facts, segment.from));
}
