/**
 * Explanations: for a channel on a day, which provision, which article, which edition, the inputs with
 * their sources, and the arithmetic in one sentence (design.md §2.7). Told from the same pieces the
 * windows are made of, so the two cannot disagree.
 */
import { type Day, addDays, addMonths } from '../../kernel/day.ts';
import { type Standing, editionKey, standingOf } from '../../kernel/rulebook/rulebook.ts';
import type { Channel } from '../../kernel/rulebook/terms.ts';
import { type Closure, type RecordFacts, isOpenOn } from './domain.ts';
import { type Plan, segmentOn } from './domain-plan.ts';
import {
  type Piece,
  type ShutReason,
  type WorkedBound,
  classIn,
  pieceOf,
  segmentsFor,
  windowsOf,
} from './domain-windows.ts';
import { sentences } from './domain-sentences.ts';

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
  readonly reason: ShutReason | Closure['reason'] | 'before-receipt' | 'ended' | 'open';
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
  const windows = windowsOf(plan, facts)[channel];
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
  const words = sentences({ piece, facts, channel, on, reason, interval, closure });
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
    edition: piece.row === null ? null : editionKey(piece.row.edition.document),
    inputs: inputsOf(piece, facts, closure),
    arithmetic: words.zh,
    arithmeticEn: words.en,
    earliestRepair: earliestRepairOf(piece, facts),
  };
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

function earliestRepairOf(piece: Piece, facts: RecordFacts): Day | null {
  const months = piece.row?.row.minMonths;
  const start = facts.dates['determination'];
  if (months === undefined || start === undefined || start.day === 'long-term') return null;
  if (months === 0) return start.day;
  return addDays(addMonths(start.day, months), 1);
}
