/**
 * The rows of one file, in order: plain ones, repeated ones, joint decisions and mistakes. A row is a
 * function of seed, file and number.
 */
import { type Day, addDays, weekday } from '../../kernel/day.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Expected, mistakeOf } from './mistakes.ts';
import type { Parties } from './parties.ts';
import { knownFrom } from './registry.ts';
import { type RowMatter, type Values, partyValues } from './row.ts';
import { rowMakers } from './rows-other.ts';
import { penaltyRow, summaryRow } from './rows-penalty.ts';
import type { FileOrder } from './sources.ts';
import { unitOf } from './units.ts';

/** A row with what must become of it, and the mistake in it if there is one. */
export type SampleRow = {
  readonly values: Values;
  readonly expects: readonly Expected[];
  readonly mistake: string | null;
};

/** Shares of rows that say again what the row before said, and of further parties to its decision. */
const againShare = 0.012;
const jointShare = 0.03;
const punctualShare = 0.86;

/** Items whose permits and honours only the living get. */
const forTheLiving = new Set(['permit', 'commitment', 'contract', 'reward', 'confirmation']);

/** Decisions come in the days before the file; some are late, and some sources always. */
function decisionDay(order: FileOrder, chance: Chance): Day {
  const { source, deliveredOn } = order;
  const late = source.lateDays ?? 0;
  const days = chance.happens(punctualShare)
    ? 1 + chance.below(8)
    : 9 + chance.below(Math.min(source.everyDays, 60));
  const day = addDays(deliveredOn, -(days + late));
  const no = weekday(day);
  return no <= 5 ? day : addDays(day, 5 - no);
}

function matterOf(parties: Parties, order: FileOrder, number: number): RowMatter {
  const { sourceNo, fileNo, source } = order;
  const chance = chanceOf(parties.plan.seed, 'row', sourceNo, fileNo, number);
  const decidedOn = decisionDay(order, chance);
  const party = parties.pick(source.unit, chance, decidedOn, forTheLiving.has(source.item));
  return { parties, order, unit: unitOf(source.unit), number, chance, party, decidedOn };
}

function makeRow(matter: RowMatter): Values {
  const { item } = matter.order.source;
  if (item === 'penalty') return penaltyRow(matter);
  if (item === 'summary-penalty') return summaryRow(matter);
  return rowMakers[item]!(matter);
}

/** What a row without a mistake may become: held, while its subject is not yet in the registry. */
function expectedOf(matter: RowMatter): readonly Expected[] {
  const { party, parties, order } = matter;
  const known = knownFrom(parties.plan, party) <= order.deliveredOn;
  const plain = known && parties.dirtOf(party.number) === null && party.kind !== 'owner-named';
  return plain ? ['A', 'W'] : ['A', 'W', 'H'];
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

/** The row of a number. */
export function rowAt(parties: Parties, order: FileOrder, number: number): SampleRow {
  const matter = matterOf(parties, order, number);
  const slips = chanceOf(parties.plan.seed, 'slip', order.sourceNo, order.fileNo, number);
  const mistake = mistakeOf(matter, slips);
  if (mistake !== null) {
    const values = mistake.make(makeRow(matter), matter);
    if (values !== null) return { values, expects: mistake.expects, mistake: mistake.name };
  }
  const manner = mannerOf(parties, order, number);
  const before = manner === 'plain' ? null : rowAt(parties, order, number - 1);
  if (before === null || before.mistake !== null) {
    return { values: makeRow(matter), expects: expectedOf(matter), mistake: null };
  }
  if (manner === 'again') {
    return { values: before.values, expects: ['D'], mistake: 'same-row-again' };
  }
  const { values } = before;
  const joint = { ...values, ...partyValues(matter, 'CF_XDR_') };
  // By chance the further party is the first one again.
  return { values: joint, expects: [...expectedOf(matter), 'D'], mistake: null };
}

/** All rows of a file. */
export function* rowsOf(parties: Parties, order: FileOrder): Generator<SampleRow> {
  for (let number = 0; number < order.rows; number += 1) yield rowAt(parties, order, number);
}
