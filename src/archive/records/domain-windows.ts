/**
 * Windows: for every segment of time the rules in force then decide from when and until when a
 * channel is open; the record's windows are the union of these pieces, less what shuts them
 * (rules.md §1.2–1.3, design.md §3, §12).
 */
import { type Day, later } from '../../kernel/day.ts';
import type { Channel } from '../../kernel/rulebook/terms.ts';
import type { Dated, Interval, RecordFacts, RecordWindows, ResolvedClass } from './domain.ts';
import { channels } from './domain.ts';
import {
  type PieceInput,
  type WorkedBound,
  boundsOf,
  classFactsOn,
  earliest,
  rowFor,
} from './domain-bounds.ts';
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
  const [show, share, use, report] = channels.map((channel, index) =>
    afterClosures(facts, channel, pieces[index]!),
  );
  return { show: show!, share: share!, use: use!, report: report! };
}

/** The windows of one channel alone, as {@link windowsOf} works them out. */
export function channelWindows(plan: Plan, facts: RecordFacts, channel: Channel): Interval[] {
  const pieces = segmentsFor(plan, facts).flatMap((segment) => {
    const resolved = classIn(plan, segment, facts);
    return pieceOf(plan, segment, { facts, channel, resolved }).open ?? [];
  });
  return afterClosures(facts, channel, pieces);
}

function afterClosures(
  facts: RecordFacts,
  channel: Channel,
  pieces: readonly Interval[],
): Interval[] {
  return facts.closures
    .filter((closure) => closure.channels.includes(channel))
    .reduce((left, closure) => without(left, closure.from, closure.to), unite(pieces));
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

/** The class in a segment; `null` for items that carry none. */
export function classIn(plan: Plan, segment: Segment, facts: RecordFacts): ResolvedClass | null {
  if (!facts.item.graded || segment.classes === null) return null;
  return resolveClass(plan.rulebook, segment.classes, classFactsOn(facts, segment.from));
}

/** The class on a day, by the facts and the standard of that day; `null` for items that carry none. */
export function classOn(plan: Plan, facts: RecordFacts, on: Day): ResolvedClass | null {
  return classIn(plan, { ...segmentOn(plan, on), from: on }, facts);
}

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
