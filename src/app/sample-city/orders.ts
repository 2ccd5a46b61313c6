/** The files of the sample city, one order each: whose, when, how long, and what is wrong with them. */
import { type Day, addDays, addMonths } from '../../kernel/day.ts';
import { type Planted, plantedFor, plantedIn, silentFromBack } from './anomalies.ts';
import { chanceOf } from './chance.ts';
import { type CityPlan, storyDays } from './organisations.ts';
import { deliveryDays, isSmall, monthBack, monthOf } from './rhythm.ts';
import { type Source, sources } from './sources.ts';

/** One file of a source. */
export type FileOrder = {
  readonly source: Source;
  /** Number of the source in {@link sources}. */
  readonly sourceNo: number;
  /** Number of the file among those of its source. */
  readonly fileNo: number;
  readonly deliveredOn: Day;
  /** Minute of the day in UTC+8 at which it arrives. */
  readonly minute: number;
  /** Standard of its template, `id@edition`. */
  readonly standard: string;
  /** Decisions in it; rows that say older ones again come after them. */
  readonly rows: number;
  /** Decisions of the source before this file. */
  readonly before: number;
  readonly planted: Planted | null;
  /** Whether its first rows have mistakes for sure. */
  readonly sure: boolean;
  /** The source's file before this one: what came back from it is sent again. */
  readonly previous: FileOrder | null;
  /** The newest file of the office whose rows this source sends again. */
  readonly echoed: FileOrder | null;
};

/** Files of a source differ in length by a tenth either way. */
function rowsOfFile(plan: CityPlan, source: Source, at: { no: number; of: number; file: number }) {
  const usual = (source.share * plan.organisations) / at.of;
  const factor = 0.9 + 0.2 * chanceOf(plan.seed, 'size', at.no, at.file).next();
  return Math.max(1, Math.round(usual * factor));
}

function plantedRows(rows: number, planted: Planted | null): number {
  if (planted?.form === 'five-times-as-many') return rows * 5;
  if (planted?.form === 'a-sixth-as-many') return Math.max(1, Math.round(rows / 6));
  return rows;
}

// Whoever came late to the present standard did so in the middle of the story.
const changeOfStandard = Math.floor(storyDays / 2);

/** Whether a source is one of this city: some are only in large ones. */
export function isOfCity(plan: CityPlan, source: Source): boolean {
  return source.largeOnly !== true || !isSmall(plan);
}

function filesOf(plan: CityPlan, source: Source, sourceNo: number): FileOrder[] {
  if (!isOfCity(plan, source)) return [];
  const planted = plantedIn(plan);
  const silentFrom = `${monthBack(plan, silentFromBack)}-01`;
  const ends = source.silent === true || source.declaresZero === true;
  const days = deliveryDays(plan, source.rhythm, sourceNo);
  const changed = addDays(plan.anchor, -changeOfStandard);
  const orders: FileOrder[] = [];
  let before = 0;
  for (const [fileNo, deliveredOn] of days.entries()) {
    const found = plantedFor(planted, source, monthOf(deliveredOn));
    if (found?.form === 'no-file' || (ends && deliveredOn >= silentFrom)) continue;
    const usual = rowsOfFile(plan, source, { no: sourceNo, of: days.length, file: fileNo });
    const rows = plantedRows(usual, found);
    const old = deliveredOn < changed ? source.standardBefore : undefined;
    orders.push({
      source,
      sourceNo,
      fileNo,
      deliveredOn,
      minute: 9 * 60 + chanceOf(plan.seed, 'minute', sourceNo, fileNo).below(8 * 60),
      standard: old ?? source.standard,
      rows,
      before,
      planted: found,
      sure: isSmall(plan),
      previous: null,
      echoed: null,
    });
    before += rows;
  }
  return orders;
}

/** Tells each file of the one before it, and of the one it repeats rows of. */
function withNeighbours(bySource: readonly (readonly FileOrder[])[]): FileOrder[] {
  return bySource.flatMap((orders) =>
    orders.map((order, index): FileOrder => {
      const { echoes, item } = order.source;
      const others = bySource.find((some) => {
        const source = some[0]?.source;
        return source?.unit === echoes && source?.item === item;
      });
      const echoed = others?.findLast(({ deliveredOn }) => deliveredOn < order.deliveredOn);
      return { ...order, previous: orders[index - 1] ?? null, echoed: echoed ?? null };
    }),
  );
}

/** All files in the order of their arrival. */
export function fileOrders(plan: CityPlan): FileOrder[] {
  return withNeighbours(sources.map((source, sourceNo) => filesOf(plan, source, sourceNo))).sort(
    (a, b) =>
      a.deliveredOn.localeCompare(b.deliveredOn) || a.minute - b.minute || a.sourceNo - b.sourceNo,
  );
}

/** What a source says of a month: how much it decided, and what it left out and why. */
export type Declared = {
  readonly source: Source;
  readonly sourceNo: number;
  readonly month: string;
  /** Day on which it is said. */
  readonly on: Day;
  readonly produced: number;
  readonly published: number;
  readonly notReported: number;
};

// Small cities declare for a year, large ones for all of the story.
const declaredMonths = (plan: CityPlan) => (isSmall(plan) ? 12 : 23);

/** Declared counts of the story, month by month, by the fifth of the month after. */
export function declarations(plan: CityPlan, orders: readonly FileOrder[]): Declared[] {
  const declared: Declared[] = [];
  for (let back = declaredMonths(plan); back >= 1; back -= 1) {
    const month = monthBack(plan, back);
    const on = addDays(addMonths(`${month}-01` as Day, 1), 4);
    for (const [sourceNo, source] of sources.entries()) {
      const ended = month >= monthBack(plan, silentFromBack);
      const zero = source.declaresZero === true && ended;
      if (on >= plan.anchor || !(source.declares === true || zero)) continue;
      const sent = orders
        .filter((order) => order.sourceNo === sourceNo && monthOf(order.deliveredOn) === month)
        .reduce((sum, { rows }) => sum + rows, 0);
      const chance = chanceOf(plan.seed, 'declared', sourceNo, back);
      // A month of silence is not a month without decisions.
      const usual = Math.round((source.share * plan.organisations) / 24);
      const left = zero || sent === 0 ? 0 : chance.below(3);
      const produced = zero ? 0 : (sent === 0 ? usual : sent) + left;
      declared.push({
        source,
        sourceNo,
        month,
        on,
        produced,
        published: zero ? 0 : Math.max(0, produced - chance.below(3)),
        notReported: chance.happens(0.3) ? left : 0,
      });
    }
  }
  return declared;
}
