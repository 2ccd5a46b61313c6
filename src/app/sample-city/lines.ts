/**
 * The rows of one file, in order: plain ones, repeated ones, joint decisions and mistakes; then what is
 * sent again. A row is a function of seed, file and number.
 */
import { type Day, addDays, day, weekday } from '../../kernel/day.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Expected, mistakeOf } from './mistakes.ts';
import type { FileOrder } from './orders.ts';
import type { Parties } from './parties.ts';
import { knownFrom } from './registry.ts';
import { type RowMatter, type Values, controlValues, partyValues } from './row.ts';
import { rowMakers } from './rows-other.ts';
import { penaltyRow, summaryRow, warningOnly } from './rows-penalty.ts';
import { onWeekday } from './rhythm.ts';
import { unitOf } from './units.ts';

/** A row with what must become of it, and what is special about it, if anything. */
export type SampleRow = {
  readonly values: Values;
  readonly expects: readonly Expected[];
  /** Name of the mistake, or of the manner in which the row says something again. */
  readonly mistake: string | null;
};

/** Shares of rows that say again what the row before said, and of further parties to its decision. */
const againShare = 0.012;
const jointShare = 0.03;
const punctualShare = 0.86;
/** Share of the rows of a planted file that have the one value. */
const oneValueShare = 0.9;

/** Items whose permits and honours only the living get. */
const forTheLiving = new Set(['permit', 'commitment', 'contract', 'reward', 'confirmation']);

const daysLate = { weekly: 21, monthly: 45, quarterly: 60, 'half-yearly': 60, yearly: 60 } as const;

/** Decisions come in the days before the file; some are late, and some sources always. */
function decisionDay({ source, deliveredOn, planted }: FileOrder, chance: Chance): Day {
  const days = chance.happens(punctualShare)
    ? 1 + chance.below(8)
    : 9 + chance.below(daysLate[source.rhythm]);
  if (planted?.form === 'all-on-new-year') return day(`${deliveredOn.slice(0, 4)}-01-01`);
  // Files of one month name one day, before the first of them.
  if (planted?.form === 'all-on-one-day') return addDays(onWeekday(day(`${planted.month}-01`)), -3);
  const on = addDays(deliveredOn, -(days + (source.lateDays ?? 0)));
  const no = weekday(on);
  // Nobody decides at the weekend, and not all of it on the Friday before.
  return no <= 5 ? on : addDays(on, 5 - no - chance.below(4));
}

function matterOf(parties: Parties, order: FileOrder, number: number): RowMatter {
  const { sourceNo, fileNo, source } = order;
  const chance = chanceOf(parties.plan.seed, 'row', sourceNo, fileNo, number);
  const decidedOn = decisionDay(order, chance);
  const party = parties.pick(source.unit, chance, decidedOn, forTheLiving.has(source.item));
  return { parties, order, unit: unitOf(source.unit), number, chance, party, decidedOn };
}

function makeRow(matter: RowMatter): Values {
  const { order, parties, number } = matter;
  const { source, planted, sourceNo, fileNo } = order;
  const { item } = source;
  if (item === 'summary-penalty') return summaryRow(matter);
  const values = item === 'penalty' ? penaltyRow(matter) : rowMakers[item]!(matter);
  if (source.controlColumns === true) Object.assign(values, controlValues(order, number));
  if (planted?.kind !== 'code-share') return values;
  const draw = chanceOf(parties.plan.seed, 'one-value', sourceNo, fileNo, number);
  if (!draw.happens(oneValueShare)) return values;
  return item === 'penalty' ? warningOnly(values) : { ...values, XK_XKLB: '其他-备案' };
}

/** What a row without a mistake may become: held, while its subject is not yet in the registry. */
function expectedOf(matter: RowMatter, deliveredOn: Day): readonly Expected[] {
  const { party, parties } = matter;
  const known = knownFrom(parties.plan, party) <= deliveredOn;
  const plain = known && parties.dirtOf(party.number) === null && party.kind !== 'owner-named';
  return plain ? ['A', 'W'] : ['A', 'W', 'H'];
}

/** A mistake that lets a row in does so only where its subject is in the registry already. */
function expectedOfMistake(matter: RowMatter, expects: readonly Expected[]): readonly Expected[] {
  const lets = expects.includes('A') || expects.includes('W');
  const waits = expectedOf(matter, matter.order.deliveredOn).includes('H');
  return lets && waits ? [...expects, 'H'] : expects;
}

type Manner = 'plain' | 'again' | 'joint';

function mannerOf(parties: Parties, order: FileOrder, number: number): Manner {
  if (number === 0 || order.source.mistakes !== true) return 'plain';
  const { sourceNo, fileNo } = order;
  const draw = chanceOf(parties.plan.seed, 'manner', sourceNo, fileNo, number).next();
  if (draw < againShare) return 'again';
  const joint = order.source.item === 'penalty' && draw < againShare + jointShare;
  return joint ? 'joint' : 'plain';
}

function mistakeAt(parties: Parties, order: FileOrder, number: number) {
  const { sourceNo, fileNo } = order;
  const slips = chanceOf(parties.plan.seed, 'slip', sourceNo, fileNo, number);
  return mistakeOf(order, number, slips);
}

/** The row of a number. */
export function rowAt(parties: Parties, order: FileOrder, number: number): SampleRow {
  const matter = matterOf(parties, order, number);
  const mistake = mistakeAt(parties, order, number);
  if (mistake !== null) {
    const values = mistake.make(makeRow(matter), matter);
    const expects = expectedOfMistake(matter, mistake.expects);
    if (values !== null) return { values, expects, mistake: mistake.name };
  }
  const manner = mannerOf(parties, order, number);
  const before = manner === 'plain' ? null : rowAt(parties, order, number - 1);
  if (before === null || before.mistake !== null) {
    const expects = expectedOf(matter, order.deliveredOn);
    return { values: makeRow(matter), expects, mistake: null };
  }
  if (manner === 'again') {
    return { values: before.values, expects: ['D'], mistake: 'same-row-again' };
  }
  const control = order.source.controlColumns === true ? controlValues(order, number) : {};
  const joint = { ...before.values, ...partyValues(matter, 'CF_XDR_'), ...control };
  // By chance the further party is the first one again.
  const expects: Expected[] = [...expectedOf(matter, order.deliveredOn), 'D'];
  return { values: joint, expects, mistake: 'further-party' };
}

/** Share of what came back that is sent again in order, by the next file. */
const correctedShare = 0.6;
/** A natural person's row is never put right: it does not belong here. */
const neverCorrected = new Set(['natural-person']);

/** Rows of the file before that came back, put right. An error burst is not cleared up in one month. */
function* correctedRows(parties: Parties, order: FileOrder): Generator<SampleRow> {
  const { previous, planted } = order;
  if (previous === null || planted !== null || previous.planted !== null) return;
  for (let number = 1; number < previous.rows; number += 1) {
    const mistake = mistakeAt(parties, previous, number);
    if (mistake === null || !mistake.expects.includes('R') || mistake.expects.length > 1) continue;
    if (neverCorrected.has(mistake.name)) continue;
    const { seed } = parties.plan;
    const draw = chanceOf(seed, 'corrected', previous.sourceNo, previous.fileNo, number);
    if (!draw.happens(correctedShare)) continue;
    // Some mistakes do not stick to every row; then nothing came back.
    if (rowAt(parties, previous, number).mistake !== mistake.name) continue;
    const matter = matterOf(parties, previous, number);
    const expects: Expected[] = [...expectedOf(matter, order.deliveredOn), 'D'];
    yield { values: makeRow(matter), expects, mistake: 'corrected-row' };
  }
}

const changedShare = 0.01;
const withdrawnShare = 0.006;

/** What a system says of its earlier rows: changed, not to be shown any more, deleted. */
function* operatedRows(parties: Parties, order: FileOrder): Generator<SampleRow> {
  const { previous, source } = order;
  if (previous === null || source.controlColumns !== true) return;
  const { seed } = parties.plan;
  // A city of few rows has one of each for sure.
  let sure = order.sure && previous.fileNo === 0 ? operations.length : 0;
  for (let number = 0; number < previous.rows; number += 1) {
    const draw = chanceOf(seed, 'operated', previous.sourceNo, previous.fileNo, number).next();
    if (sure === 0 && draw > changedShare + withdrawnShare) continue;
    const row = rowAt(parties, previous, number);
    if (row.mistake !== null) continue;
    const drawn = draw < changedShare ? 'U' : draw < changedShare + withdrawnShare / 2 ? 'W' : 'D';
    const operation = operations[sure - 1] ?? drawn;
    sure = Math.max(0, sure - 1);
    yield operatedRow(order, row, { operation, control: controlValues(previous, number) });
  }
}

const operations = ['U', 'W', 'D'] as const;
const operated = { U: 'changed-row', W: 'withdrawn-row', D: 'deleted-row' } as const;

function operatedRow(
  order: FileOrder,
  { values }: SampleRow,
  how: { readonly operation: (typeof operations)[number]; readonly control: Values },
): SampleRow {
  const text = values['CF_NR'] ?? '';
  return {
    values: {
      ...values,
      ...how.control,
      OP: how.operation,
      SRC_UPDATED_AT: `${order.deliveredOn} 08:00:00`,
      CF_NR: how.operation === 'U' ? `${text}（更正笔误）` : text,
    },
    expects: ['A', 'W', 'D', 'H'],
    mistake: operated[how.operation],
  };
}

/** One in so many rows of the other office is sent by this one too. */
const echoEvery = 60;

/** Rows that another office has sent before: one decision from two sources. */
function* echoedRows(parties: Parties, order: FileOrder): Generator<SampleRow> {
  const { echoed } = order;
  if (echoed === null) return;
  for (let number = 0; number < echoed.rows; number += echoEvery) {
    const row = rowAt(parties, echoed, number);
    if (row.mistake !== null) continue;
    yield { values: row.values, expects: ['A', 'W', 'D', 'H'], mistake: 'sent-by-another-too' };
  }
}

/** What a file says again, after its new rows. */
function* againRows(parties: Parties, order: FileOrder): Generator<SampleRow> {
  yield* correctedRows(parties, order);
  yield* operatedRows(parties, order);
  yield* echoedRows(parties, order);
}

/** All rows of a file. */
export function* rowsOf(parties: Parties, order: FileOrder): Generator<SampleRow> {
  for (let number = 0; number < order.rows; number += 1) yield rowAt(parties, order, number);
  yield* againRows(parties, order);
}

/** How many rows a file has, without making those it has for the first time. */
export function rowCountOf(parties: Parties, order: FileOrder): number {
  const again = againRows(parties, order);
  let rows = order.rows;
  while (again.next().done !== true) rows += 1;
  return rows;
}
