/**
 * Explanations: for a channel on a day, which provision, which article, which edition, the inputs with
 * their sources, and the arithmetic in one sentence (design.md §2.7). Told from the same pieces the
 * windows are made of, so the two cannot disagree.
 */
import { type Day, addDays, addMonths, later } from '../../kernel/day.ts';
import { type Standing, editionKey, standingOf } from '../../kernel/rulebook/rulebook.ts';
import type { Channel } from '../../kernel/rulebook/terms.ts';
import { type Closure, type Interval, type RecordFacts, isOpenOn } from './domain.ts';
import { type Plan, segmentOn } from './domain-plan.ts';
import { type WorkedBound, classFactsOn, startDay } from './domain-bounds.ts';
import {
  type Piece,
  type ShutReason,
  channelWindows,
  classIn,
  pieceOf,
  segmentsFor,
} from './domain-windows.ts';
import { type Ending, sentences } from './domain-sentences.ts';

/** One input of an explanation: what it is, its value, and where it was read. */
export type ExplainedInput = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly source: string;
};

/** A provision as a reader looks it up. */
export type CitedProvision = {
  readonly pointer: string;
  readonly instrument: string;
  readonly number: string | null;
  readonly article: string | null;
  readonly state: Standing['state'];
  readonly confidence: 'confirmed' | 'unconfirmed';
};

/** Why a channel is open or shut on a day. */
export type Explanation = {
  readonly channel: Channel;
  readonly on: Day;
  readonly open: boolean;
  /** The open interval the day lies in, or the next or last one when shut; `null` when there is none. */
  readonly from: Day | null;
  readonly until: Day | null;
  readonly reason:
    | ShutReason
    | Closure['reason']
    | 'before-receipt'
    | 'ended'
    | 'open'
    | 'not-released'
    | 'withdrawn-from-publicity';
  readonly provision: CitedProvision | null;
  /** Further provisions that play a part: of the class, of local bounds, of transitions. */
  readonly also: readonly CitedProvision[];
  readonly article: string | null;
  readonly edition: string | null;
  readonly inputs: readonly ExplainedInput[];
  /** One sentence, Chinese and English. */
  readonly arithmetic: string;
  readonly arithmeticEn: string;
  /** Earliest day on which the subject may ask for an early end, where the rule sets a minimum. */
  readonly earliestRepair: Day | null;
};

/** Explains one channel on one day. Pure; same facts, same words. */
export function explain(plan: Plan, facts: RecordFacts, channel: Channel, on: Day): Explanation {
  const windows = channelWindows(plan, facts, channel);
  const piece = pieceOn(plan, facts, channel, on);
  const open = isOpenOn(windows, on);
  const interval =
    windows.find((item) => item.until === null || on < item.until) ?? windows.at(-1) ?? null;
  const closure = facts.closures.find(
    (item) =>
      item.channels.includes(channel) &&
      (item.from === null || item.from <= on) &&
      (item.to === null || on < item.to),
  );
  const reason = reasonOf(piece, { open, closure, on, receivedOn: facts.receivedOn });
  const cited = citedOf(plan, piece, reason, on);
  const ending = endingOf(plan, facts, channel, interval);
  const words = sentences({ piece, facts, channel, on, reason, interval, closure, ending });
  return {
    channel,
    on,
    open,
    from: interval?.from ?? null,
    until: interval?.until ?? null,
    reason,
    provision: cited[0] ?? null,
    also: cited.slice(1),
    article: cited[0]?.article ?? null,
    edition: editionOf(piece, facts, reason),
    inputs: inputsOf(piece, facts, closure),
    arithmetic: words.zh,
    arithmeticEn: words.en,
    earliestRepair: earliestRepairOf(piece, facts, on),
  };
}

/**
 * What ends the interval, where it is not the rule of the day asked about: a rule in force later, or
 * something that befell the record.
 */
function endingOf(
  plan: Plan,
  facts: RecordFacts,
  channel: Channel,
  interval: Interval | null,
): Ending | null {
  if (interval === null || interval.until === null) return null;
  const { until } = interval;
  const closure = facts.closures.find(
    (item) => item.channels.includes(channel) && item.from === until,
  );
  if (closure !== undefined) return { closure, piece: null };
  const last = pieceOn(plan, facts, channel, addDays(until, -1));
  if (last.governing?.until === until) return { closure: null, piece: last };
  return { closure: null, piece: pieceOn(plan, facts, channel, until) };
}

/** The edition that decided: of the item, the class standard, or the rule. */
function editionOf(piece: Piece, facts: RecordFacts, reason: Explanation['reason']): string | null {
  if (piece.row !== null) return editionKey(piece.row.edition.document);
  if (reason === 'class-not-covered') return piece.resolved?.standard ?? null;
  return reason === 'no-regime' ? null : facts.item.edition;
}

function pieceOn(plan: Plan, facts: RecordFacts, channel: Channel, on: Day): Piece {
  const segments = segmentsFor(plan, facts);
  const segment =
    segments.find((item) => item.from <= on && (item.to === null || on < item.to)) ??
    segmentOn(plan, on);
  return pieceOf(plan, segment, { facts, channel, resolved: classIn(plan, segment, facts) });
}

function reasonOf(
  piece: Piece,
  state: {
    readonly open: boolean;
    readonly closure: Closure | undefined;
    readonly on: Day;
    readonly receivedOn: Day;
  },
): Explanation['reason'] {
  if (state.open) return 'open';
  if (piece.shut !== null) return piece.shut;
  if (state.closure !== undefined) return state.closure.reason;
  if (state.on < state.receivedOn) return 'before-receipt';
  if (piece.opensOn !== null && state.on < piece.opensOn) return 'evidence-missing';
  return 'ended';
}

/** Provisions in the order they count: of the rule that decides first, then the ones beside it. */
function citedOf(
  plan: Plan,
  piece: Piece,
  reason: Explanation['reason'],
  on: Day,
): CitedProvision[] {
  const place = plan.key.place;
  const pointers: string[] = [];
  const governing = reason === 'open' || reason === 'ended' ? piece.governing : null;
  if (governing !== null) pointers.push(...governing.basis);
  if (reason === 'no-item-basis') pointers.push(...plan.key.itemBasis);
  if (reason === 'class-not-covered') pointers.push(...(piece.resolved?.basis ?? []));
  if (piece.row !== null) pointers.push(piece.row.cited.pointer, ...piece.row.row.basis);
  if (piece.segment.itemSupport !== null && pointers.length === 0) {
    pointers.push(piece.segment.itemSupport.pointer);
  }
  pointers.push(...(piece.resolved?.basis ?? []));
  pointers.push(...piece.bounds.filter((bound) => bound !== governing).flatMap((b) => b.basis));
  return [...new Set(pointers)].map((pointer) => cite(plan, pointer, on, place));
}

function cite(plan: Plan, pointer: string, on: Day, place: string): CitedProvision {
  const standing = standingOf(plan.rulebook, pointer, on, place);
  const confidence =
    standing.instrument?.confidence === 'confirmed' &&
    (standing.article === null || standing.article.confidence === 'confirmed')
      ? 'confirmed'
      : 'unconfirmed';
  return {
    pointer,
    instrument: standing.instrument?.title ?? pointer,
    number: standing.instrument?.number ?? null,
    article: standing.article?.cite ?? null,
    state: standing.state,
    confidence,
  };
}

const dateLabels: Record<string, string> = {
  determination: '认定（决定）日期',
  publicity: '首次公示日期',
  'valid-from': '有效期自',
  'valid-until': '有效期至',
  'public-until': '来源单位填报的公示截止期',
  'ended-on': '移出（终止）日期',
  'end-of-conduct': '行为终了日期',
  'remedy-over': '救济期届满日期',
};

const classLabels = { minor: '轻微', general: '一般', serious: '严重', unknown: '未知' } as const;

/** The partial annulment that left the facts the class is resolved from, where there was one. */
function changeInput(piece: Piece, facts: RecordFacts): ExplainedInput[] {
  const change = facts.changes.filter(({ from }) => from <= piece.segment.from).at(-1);
  if (change === undefined || piece.resolved === null) return [];
  return [
    {
      name: 'change',
      label: '决定部分撤销（变更）日期',
      value: change.from,
      source: change.source,
    },
  ];
}

/** Every input that took part, each with its source; long-term sentinels are told as such. */
function inputsOf(
  piece: Piece,
  facts: RecordFacts,
  closure: Closure | undefined,
): ExplainedInput[] {
  const inputs: ExplainedInput[] = [
    {
      name: 'received-on',
      label: '首次接收日期',
      value: facts.receivedOn,
      source: '本平台接收回执',
    },
  ];
  const seen = new Set<string>();
  const addBound = (bound: WorkedBound) => {
    if (bound.start === undefined || seen.has(bound.start.name)) return;
    seen.add(bound.start.name);
    const { name, value } = bound.start;
    inputs.push({
      name,
      label: dateLabels[name] ?? name,
      value: value.day === 'long-term' ? '长期' : value.day,
      source: value.source === 'receipt' ? '本平台接收回执（以首次接收日代替）' : value.source,
    });
  };
  piece.bounds.forEach(addBound);
  if (piece.opensBy !== null && piece.opensBy.source !== 'receipt') {
    inputs.push({
      name: 'opens-on',
      label: dateLabels['remedy-over']!,
      value: String(piece.opensBy.day),
      source: piece.opensBy.source,
    });
  }
  inputs.push(...changeInput(piece, facts));
  if (piece.resolved !== null) {
    inputs.push({
      name: 'class',
      label: '失信等级',
      value: classLabels[piece.resolved.class],
      source: `${piece.resolved.text}（${piece.resolved.standard}）`,
    });
  }
  if (closure !== undefined) {
    inputs.push({
      name: 'closure',
      label: '停止原因',
      value: closure.reason,
      source: closure.source,
    });
  }
  return inputs;
}

/**
 * The day after the shortest term, counted by the clock of the rule itself, and not before a bar on
 * business or practice is over (rules.md §1.6); `null` when the channel is shut or its window is over.
 */
function earliestRepairOf(piece: Piece, facts: RecordFacts, on: Day): Day | null {
  const months = piece.row?.row.minMonths;
  if (months === undefined || piece.shut !== null) return null;
  const until = piece.governing?.until ?? null;
  if (until !== null && until <= on) return null;
  const clock = piece.row!.row.ends.find((bound) => 'after' in bound);
  const start = startDay(clock === undefined ? 'determination' : clock.after.from, facts);
  if (start === null) return null;
  const from = start.value.day as Day;
  const earliest = months === 0 ? from : addDays(addMonths(from, months), 1);
  const kinds = classFactsOn(facts, piece.segment.from)['kinds'];
  const bars = piece.segment.base?.document.ban?.kinds ?? [];
  const barred = Array.isArray(kinds) && kinds.some((kind: string) => bars.includes(kind));
  const bar = facts.dates['valid-until'];
  if (!barred || bar === undefined) return earliest;
  if (bar.day === 'long-term') return null;
  const after = later(earliest, addDays(bar.day, 1));
  return until !== null && until <= after ? null : after;
}
