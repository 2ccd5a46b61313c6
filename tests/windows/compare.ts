/** Comparing the windows of the archive with the opinions of the independent checker, day by day. */
import { isOpenOn } from '../../src/archive/records/domain.ts';
import type { RecordWindows } from '../../src/archive/records/domain.ts';
import { windowsOf } from '../../src/archive/records/domain-windows.ts';
import type { LawView } from '../../src/archive/records/law-view.ts';
import type { Day } from '../../src/kernel/day.ts';
import { count, text } from '../independent/calendar.ts';
import { cellOn, hinges, opinionOn } from '../independent/checker.ts';
import { type Matter, type Office, type Way, ways } from '../independent/matter.ts';
import { type Chance, between } from './generator.ts';
import { factsOf } from './records.ts';

/** First and last day looked at. */
export const horizon = { from: count('2019-01-01'), to: count('2037-12-31') };
const near = [-2, -1, 0, 1, 2];
const beside = [-1, 0, 1];

/** One day on which the two differ. */
export type Difference = {
  readonly way: Way;
  readonly day: string;
  readonly archive: boolean;
  readonly checker: string;
  readonly matter: Matter;
};

/** A day on which a channel opened or shut, by the law and weight of the side that was open. */
export type Crossing = { readonly way: Way; readonly period: string; readonly weight: string };

export type Comparison = {
  readonly differences: readonly Difference[];
  readonly crossings: readonly Crossing[];
  /** Channels that are open on some day. */
  readonly opened: ReadonlySet<Way>;
  readonly days: number;
};

/**
 * Days to look at: two on either side of every boundary of the archive, one on either side of every day
 * on which the checker may change its mind, and some others. Where both agree beside a hinge that is a
 * boundary for the checker, it is one for the archive too, and so has its two days on either side.
 */
function daysFor(windows: RecordWindows, matter: Matter, chance: Chance): Map<Way, number[]> {
  const hinge = hinges(matter);
  const sample = Array.from({ length: 15 }, () => between(chance, horizon.from, horizon.to));
  return new Map(
    ways.map((way) => {
      const edges = windows[way].flatMap(({ from, until }) =>
        until === null ? [count(from)] : [count(from), count(until)],
      );
      const days = new Set(sample);
      for (const edge of edges) for (const by of near) days.add(edge + by);
      for (const day of hinge) for (const by of beside) days.add(day + by);
      return [way, [...days].filter((day) => day >= horizon.from && day <= horizon.to)];
    }),
  );
}

/** Every day of the horizon, for the records that are walked whole. */
export function everyDay(): number[] {
  return Array.from({ length: horizon.to - horizon.from + 1 }, (_, index) => horizon.from + index);
}

/** Compares one matter in all four channels. `whole` walks every day of the horizon. */
export function compare(
  matter: Matter,
  law: LawView,
  office: Office,
  chance: Chance | 'whole',
): Comparison {
  const facts = factsOf(matter, law);
  const windows = windowsOf(law.planFor(facts.item, matter.sector), facts);
  const days = chance === 'whole' ? null : daysFor(windows, matter, chance);
  const differences: Difference[] = [];
  const crossings: Crossing[] = [];
  let looked = 0;
  for (const way of ways) {
    for (const number of days?.get(way) ?? everyDay()) {
      const on = text(number);
      const opinion = opinionOn(matter, way, on, office);
      const archive = isOpenOn(windows[way], on as Day);
      looked += 1;
      if (archive === opinion.open) continue;
      differences.push({ way, day: on, archive, checker: opinion.why, matter });
    }
    for (const { from, until } of windows[way]) {
      const opened = cellOn(matter, from, office);
      if (opened !== null) crossings.push({ way, ...opened });
      const last = until === null ? null : cellOn(matter, text(count(until) - 1), office);
      if (last !== null) crossings.push({ way, ...last });
    }
  }
  const opened = new Set(ways.filter((way) => windows[way].length > 0));
  return { differences, crossings, opened, days: looked };
}
