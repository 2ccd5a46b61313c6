/** Matters to walk with, from a seeded generator: the same seed gives the same matters for ever. */
import { corresponding, count, text } from '../independent/calendar.ts';
import type { Matter, Weight } from '../independent/matter.ts';

/** A small generator of chance (mulberry32); results in [0, 1). */
export type Chance = () => number;

/** Makes one from a seed. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(chance: Chance, low: number, high: number): number {
  return low + Math.floor(chance() * (high - low + 1));
}

/** One of a list. */
export function pick<Item>(chance: Chance, list: readonly Item[]): Item {
  return list[between(chance, 0, list.length - 1)]!;
}

/** What a penalty is made of, by the weight it is meant to have; the checker weighs it anew. */
type Recipe = Pick<Matter, 'kinds' | 'procedure' | 'marked'>;
type Meant = Weight | 'unknown';

const ordinary = { procedure: 'ordinary', marked: null } as const;
const recipes: Readonly<Record<Meant, readonly Recipe[]>> = {
  minor: [
    { kinds: ['CRITICISM'], ...ordinary },
    { kinds: ['WARNING'], procedure: null, marked: null },
    { kinds: ['WARNING', 'CRITICISM'], procedure: 'ordinary', marked: 'minor' },
    { kinds: ['FINE'], procedure: 'summary', marked: null },
    { kinds: ['FINE'], procedure: 'ordinary', marked: 'minor' },
    { kinds: ['CRITICISM', 'FINE'], procedure: null, marked: 'minor' },
  ],
  general: [
    { kinds: ['CONFISCATE_GOODS', 'FINE'], ...ordinary },
    { kinds: ['CONFISCATE_GAIN'], ...ordinary },
    { kinds: ['FINE', 'CONFISCATE_GAIN'], procedure: 'hearing', marked: 'general' },
    { kinds: ['FINE'], procedure: 'ordinary', marked: 'general' },
    { kinds: ['WARNING', 'FINE'], procedure: null, marked: 'general' },
    { kinds: ['FINE'], procedure: 'summary', marked: 'general' },
  ],
  serious: [
    { kinds: ['REVOKE_PERMIT', 'FINE'], ...ordinary },
    { kinds: ['STOP_PRODUCTION'], procedure: 'hearing', marked: null },
    { kinds: ['RESTRICT_OPERATION', 'FINE'], ...ordinary },
    { kinds: ['BAN_PRACTICE'], procedure: null, marked: 'serious' },
    { kinds: ['FINE'], procedure: 'ordinary', marked: 'serious' },
    { kinds: ['SUSPEND_PERMIT', 'WARNING'], procedure: 'ordinary', marked: 'serious' },
  ],
  unknown: [
    { kinds: ['FINE'], ...ordinary },
    { kinds: ['FINE', 'WARNING'], procedure: null, marked: null },
    { kinds: [], procedure: null, marked: null },
    { kinds: ['OTHER'], ...ordinary },
  ],
};
const bars = ['RESTRICT_OPERATION', 'BAN_PRACTICE'];

/** A stretch of days for decisions to fall into. */
export type Span = { readonly from: string; readonly to: string };

/** Days at which arithmetic slips: month ends, leap days, and both ends of the span. */
function decidedIn(chance: Chance, span: Span): number {
  const [low, high] = [count(span.from), count(span.to)];
  const plain = between(chance, low, high);
  const kind = chance();
  if (kind < 0.6) return plain;
  if (kind < 0.7) return Math.min(high, low + between(chance, 0, 3));
  if (kind < 0.8) return Math.max(low, high - between(chance, 0, 3));
  const [year, month] = text(plain).split('-').map(Number) as [number, number];
  const monthEnd = count(text(Date.UTC(year, month, 1) / 86_400_000)) - 1;
  const leapDay = count('2024-02-29');
  if (kind < 0.85 && leapDay >= low && leapDay <= high) return leapDay;
  return Math.min(high, Math.max(low, monthEnd));
}

/** First receipt: mostly in time, at times months late, at times after everything was over. */
function receivedAfter(chance: Chance, decided: number): number {
  const kind = chance();
  if (kind < 0.65) return decided + between(chance, 0, 12);
  if (kind < 0.9) return decided + between(chance, 13, 120);
  return decided + between(chance, 200, 1500);
}

const maybe = (chance: Chance, share: number, day: () => number): string | null =>
  chance() < share ? text(day()) : null;

function endOf(chance: Chance, decided: number): string | null {
  const kind = chance();
  if (kind < 0.6) return null;
  if (kind < 0.7) return pick(chance, ['2099-12-31', '9999-12-31']);
  return text(corresponding(decided, between(chance, 1, 60)) + between(chance, -2, 2));
}

/**
 * One penalty. A bar on business always has a real last day or none: whether a bar written as
 * "long-term" keeps a record shown for ever is a question of law, not of arithmetic.
 */
export function penalty(
  chance: Chance,
  meant: Meant,
  where: { readonly place: string; readonly sector: string | null; readonly span: Span },
): Matter {
  const recipe = pick(chance, recipes[meant]);
  const decided = decidedIn(chance, where.span);
  const received = receivedAfter(chance, decided);
  const barred = recipe.kinds.some((kind) => bars.includes(kind));
  const validUntil = barred
    ? maybe(chance, 0.8, () => corresponding(decided, between(chance, 6, 72)))
    : endOf(chance, decided);
  const held = chance() < 0.12;
  // Whether a part annulled may leave a heavier rest than the mark said is asked in a test of its own.
  const partly = chance() < 0.15 && recipe.marked !== 'minor';
  return {
    item: 'penalty',
    place: where.place,
    sector: where.sector,
    received: text(received),
    decided: text(decided),
    publicised: text(decided + between(chance, 1, 40)),
    conductEnded: text(decided - between(chance, 0, 500)),
    publicUntil: endOf(chance, decided),
    validUntil,
    ended: null,
    remedyOver: maybe(chance, 0.7, () => decided + between(chance, 60, 400)),
    ...recipe,
    publication: null,
    annulledFrom: maybe(chance, 0.12, () => received + between(chance, -5, 500)),
    leftAfter: partly
      ? {
          from: text(received + between(chance, -5, 500)),
          kinds: pick(chance, [['FINE'], ['WARNING'], ['CONFISCATE_GOODS', 'FINE']]),
        }
      : null,
    withdrawnFrom: maybe(chance, 0.08, () => received + between(chance, 1, 500)),
    deletedFrom: null,
    held: held
      ? {
          from: text(received),
          cleared: maybe(chance, 0.7, () => received + between(chance, 1, 90)),
        }
      : null,
  };
}

/** One matter of any other item, with dates of every sort. */
export function otherMatter(
  chance: Chance,
  item: string,
  where: { readonly place: string; readonly sector: string | null; readonly span: Span },
): Matter {
  const base = penalty(chance, 'unknown', where);
  const decided = count(base.decided);
  return {
    ...base,
    item,
    kinds: [],
    procedure: null,
    leftAfter: null,
    ended: maybe(chance, 0.5, () => decided + between(chance, 1, 1500)),
    validUntil: endOf(chance, decided),
    publication: pick(chance, ['public', 'limited', 'none', null]),
    deletedFrom: maybe(chance, 0.05, () => count(base.received) + between(chance, 1, 500)),
    withdrawnFrom: null,
  };
}
