/**
 * What a benchmark is (design.md §10): something measured beside its yardstick in the same run, on a
 * database of its own. The frame opens the place, counts memory, judges budgets and prints; a benchmark
 * only prepares, measures and hands back lines.
 */
import type { Installation } from '../installation.ts';
import type { CityRequest } from '../sample-city/mark.ts';
import type { MemoryPeaks } from './memory.ts';

/** What a line's numbers are counted in. */
export type Unit = 'rows/s' | 'ms' | 'share' | 'MB' | 'rows' | 'times';

/** A limit on the ratio or on the figure itself; both bounds are inclusive. */
export type Budget = {
  readonly on: 'ratio' | 'figure';
  readonly least?: number;
  readonly most?: number;
};

/** One thing measured. `ratio` is figure ÷ yardstick: both are rates, or both are times. */
export type BenchLine = {
  /** What was measured, in a few words. */
  readonly what: string;
  readonly unit: Unit;
  readonly figure: number;
  readonly yardstick: { readonly what: string; readonly value: number } | null;
  readonly budget: Budget | null;
};

/** What a benchmark hands back. Its first line is the one the JSON object is about. */
export type BenchResult = {
  /** Rows the figures are about. */
  readonly rows: number;
  readonly lines: readonly BenchLine[];
  /** Facts a reader needs to judge the figures: sizes, seeds, what was left out. */
  readonly notes: readonly string[];
  /** Peaks while it measured; see {@link BenchContext.measured}. */
  readonly memory: MemoryPeaks;
};

/** What a benchmark is given. */
export type BenchContext = {
  /** How many rows were asked for. */
  readonly rows: number;
  /**
   * An installation of its own on an empty database: sample accounts, every edition of the rulebook
   * confirmed by the two sample officers, fsync on. Gone when the benchmark is over.
   */
  readonly installation: Installation;
  /** An empty folder of its own for files. */
  readonly folder: string;
  /** Folder of the shared data sets beside the repository; `null` where there is none. */
  readonly sharedData: string | null;
  /** Runs what is measured and notes the peaks of memory meanwhile. */
  readonly measured: <T>(work: () => Promise<T>) => Promise<{ value: T; memory: MemoryPeaks }>;
  /** Tells a person who waits what goes on (stderr). */
  readonly tell: (line: string) => void;
};

/** A benchmark by name. */
export type Bench = {
  readonly name: string;
  /** Chinese, then English; for the list of benchmarks. */
  readonly summary: string;
  readonly defaultRows: number;
  /** A sample city the place is to hold before anything is measured. */
  readonly city?: CityRequest;
  readonly run: (context: BenchContext) => Promise<BenchResult>;
};

/** A line with its ratio and whether its budget is met (`null`: it has none). */
export type JudgedLine = BenchLine & {
  readonly ratio: number | null;
  readonly met: boolean | null;
};

/** Works out ratio and verdict of a line. A budget on a ratio without a yardstick is missed. */
export function judge(line: BenchLine): JudgedLine {
  const { yardstick, budget, figure } = line;
  const ratio = yardstick === null || yardstick.value === 0 ? null : figure / yardstick.value;
  if (budget === null) return { ...line, ratio, met: null };
  const value = budget.on === 'ratio' ? ratio : figure;
  const met =
    value !== null &&
    value >= (budget.least ?? Number.NEGATIVE_INFINITY) &&
    value <= (budget.most ?? Number.POSITIVE_INFINITY);
  return { ...line, ratio, met };
}
