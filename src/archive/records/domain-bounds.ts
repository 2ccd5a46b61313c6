/**
 * Bounds: every term that may end a window, worked out from the rule's own clock, local law, older
 * regimes and bans; the earliest governs (rules.md §1.2–1.3, design.md §3, §12).
 */
import { type Day, addDays, addMonths } from '../../kernel/day.ts';
import type { Facts } from '../../kernel/rules.ts';
import { holds } from '../../kernel/rules.ts';
import { type Edition, isConfirmed } from '../../kernel/rulebook/rulebook.ts';
import type { Bound, Channel, ClassStandard, Regime } from '../../kernel/rulebook/terms.ts';
import type { DateName, Dated, RecordFacts, ResolvedClass } from './domain.ts';
import { resolveClass } from './domain-class.ts';
import type { Plan, PlanRow, Segment } from './domain-plan.ts';

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

/** What a piece is worked out from beside its segment. */
export type PieceInput = {
  readonly facts: RecordFacts;
  readonly channel: Channel;
  readonly resolved: ResolvedClass | null;
};

/** Class facts as of the first day of a segment. */
export function classFactsOn(facts: RecordFacts, on: Day): Facts {
  const change = facts.changes.filter((item) => item.from <= on).at(-1);
  return change === undefined ? facts.classFacts : change.classFacts;
}

/** First row whose class and further condition hold. */
export function rowFor(
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

/** The bound that ends first; `null` where none ends. */
export function earliest(bounds: readonly WorkedBound[]): WorkedBound | null {
  return bounds.reduce<WorkedBound | null>(
    (best, bound) =>
      bound.until !== null && (best === null || best.until === null || bound.until < best.until)
        ? bound
        : best,
    null,
  );
}

/** All bounds of a channel in a segment; `null` when a needed date is missing. */
export function boundsOf(
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
