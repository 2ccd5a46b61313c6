/**
 * What is wrong with deliveries as a whole, put in on purpose so that whoever looks for anomalies can be
 * held to a list: two of each kind, in months apart. Between them lie months in which nothing is planted.
 */
import type { UnitKey } from './units.ts';
import type { CityPlan } from './organisations.ts';
import { isSmall, monthBack } from './rhythm.ts';

/** Kinds of anomalies a watcher of deliveries knows. */
export type AnomalyKind = 'volume' | 'silence' | 'error-burst' | 'code-share' | 'dates';

/** How it shows. */
export type AnomalyForm =
  | 'five-times-as-many'
  | 'a-sixth-as-many'
  | 'no-file'
  | 'silent-since'
  | 'one-mistake-in-half-the-rows'
  | 'one-value-in-nearly-all-rows'
  | 'all-on-one-day'
  | 'all-on-new-year';

/** One planted anomaly. */
export type Planted = {
  readonly kind: AnomalyKind;
  readonly form: AnomalyForm;
  readonly unit: UnitKey;
  readonly item: string;
  /** Calendar month of delivery, `YYYY-MM`. */
  readonly month: string;
  /** The mistake of an error burst. */
  readonly mistake?: string;
};

type Seed = Omit<Planted, 'month'> & { readonly back: number };

const market = { unit: 'market', item: 'penalty' } as const;
const approval = { unit: 'approval', item: 'permit' } as const;
const urban = { unit: 'urban', item: 'penalty' } as const;

const seeds: readonly Seed[] = [
  { kind: 'volume', form: 'five-times-as-many', ...market, back: 14 },
  { kind: 'code-share', form: 'one-value-in-nearly-all-rows', ...market, back: 12 },
  { kind: 'silence', form: 'no-file', ...urban, back: 11 },
  { kind: 'dates', form: 'all-on-one-day', ...approval, back: 10 },
  {
    kind: 'error-burst',
    form: 'one-mistake-in-half-the-rows',
    ...urban,
    back: 9,
    mistake: 'document-type-without-number',
  },
  { kind: 'dates', form: 'all-on-new-year', ...market, back: 6 },
  { kind: 'code-share', form: 'one-value-in-nearly-all-rows', ...approval, back: 5 },
  { kind: 'volume', form: 'a-sixth-as-many', ...approval, back: 4 },
  { kind: 'silence', form: 'no-file', ...approval, back: 3 },
  {
    kind: 'error-burst',
    form: 'one-mistake-in-half-the-rows',
    ...market,
    back: 2,
    mistake: 'fine-with-unit',
  },
];

/** From how many months back a source that has fallen silent for good is missed. */
export const silentFromBack = 4;

const fallenSilent: readonly { readonly unit: UnitKey; readonly item: string }[] = [
  { unit: 'culture', item: 'penalty' },
];

/** All planted anomalies of a city, in order of time. */
export function plantedIn(plan: CityPlan): Planted[] {
  const once = seeds.map(({ back, ...rest }): Planted => ({
    ...rest,
    month: monthBack(plan, back),
  }));
  // In a small city the silent source sends too seldom for anybody to miss a month.
  const backs = isSmall(plan) ? [] : Array.from({ length: silentFromBack }, (_, no) => no + 1);
  const silent = backs.flatMap((back) =>
    fallenSilent.map((source): Planted => ({
      kind: 'silence',
      form: 'silent-since',
      ...source,
      month: monthBack(plan, back),
    })),
  );
  return [...once, ...silent].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

/** What is planted in a source's files of a month; `null` nearly always. */
export function plantedFor(
  planted: readonly Planted[],
  source: { readonly unit: UnitKey; readonly item: string },
  month: string,
): Planted | null {
  const found = planted.find(
    (item) => item.unit === source.unit && item.item === source.item && item.month === month,
  );
  return found ?? null;
}

// A watcher needs some months behind it before it can say what is usual.
const historyMonths = 18;

/** Whole months with enough of them before, in which nothing is planted. */
export function cleanMonths(plan: CityPlan): string[] {
  const taken = new Set(plantedIn(plan).map(({ month }) => month));
  const months: string[] = [];
  // The last months are never clean: somebody has fallen silent.
  for (let back = historyMonths; back > silentFromBack; back -= 1) {
    const month = monthBack(plan, back);
    if (!taken.has(month)) months.push(month);
  }
  return months;
}
