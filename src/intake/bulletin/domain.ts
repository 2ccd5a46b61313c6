/**
 * 归集通报: the monthly bulletin on what departments sent, and the score in it (data-standards §6.5,
 * §6.6). A figure is a value, not due, or not known; a score that rests on what is not known is told as
 * the range it may lie in. Pure.
 */
/** A figure as a bulletin keeps it: whole numbers only, so that everybody gets the same digest. */
export type Kept = {
  readonly state: 'value' | 'NA' | 'UNKNOWN';
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Items of which it is not known, where it adds up several and is known of others. */
  readonly unknownItems: number;
};

/** What is scored, by the figure it rests on. */
export const scoredFigures = [
  'reporting',
  'timeliness',
  'compliance',
  'completeness',
  'association',
  'continuity',
  'coverage',
  'duplicate',
  'wrongCode',
  'correction',
] as const;
export type ScoredFigure = (typeof scoredFigures)[number];

/** Figures a bulletin tells beside those it scores. */
export type KeptFigure =
  ScoredFigure | 'omission' | 'late' | 'complianceFinal' | 'accuracy' | 'concealed' | 'freshness';

/** Figures of which less is better. */
const faults: ReadonlySet<ScoredFigure> = new Set<ScoredFigure>(['duplicate', 'wrongCode']);

/** How a bulletin scores. Full marks are in thousandths. */
export type Scheme = {
  readonly weights: Readonly<Record<ScoredFigure, number>>;
  readonly full: Readonly<Partial<Record<ScoredFigure, number>>>;
  readonly deductionConcealed: number;
  readonly deductionMost: number;
};

/**
 * A score out of 100, in hundredths of a point, as the lowest and the highest it can be: they differ
 * where figures are not known. `known`: share of the weight that is due and known, in hundredths of a
 * percent.
 */
export type Score = { readonly lowest: number; readonly highest: number; readonly known: number };

/** The part of its weight a figure earns, 0 to 1; a figure without a value earns nothing by itself. */
export function earned(name: ScoredFigure, figure: Kept, full: number | undefined): number {
  const { numerator, denominator } = figure;
  if (numerator === null || denominator === null || denominator === 0) return 0;
  const rate = numerator / denominator;
  if (faults.has(name)) return rate * 1000 <= (full ?? 0) ? 1 : Math.max(0, 1 - rate);
  return rate * 1000 >= (full ?? 1000) ? 1 : rate;
}

/** Figures about what was sent; of what was declared and not sent they say nothing. */
const ofWhatCame: ReadonlySet<ScoredFigure> = new Set<ScoredFigure>([
  'timeliness',
  'compliance',
  'completeness',
  'association',
  'wrongCode',
  'correction',
]);

/** What a figure is worth in the score at the lowest and at the highest, 0 to 1. */
type Worth = { readonly low: number; readonly high: number };

/**
 * What a figure is worth; `null` where nobody can tell. Rows that were declared and did not come count as
 * bad ones at the lowest and as good ones at the highest, and where nobody declared, nothing is known of
 * rates of what came: so leaving out bad rows never pays.
 */
function worth(
  name: ScoredFigure,
  figures: Readonly<Record<ScoredFigure, Kept>>,
  full: number | undefined,
): Worth | null {
  const figure = figures[name];
  const { reporting } = figures;
  if (!ofWhatCame.has(name)) {
    if (figure.state !== 'value') return null;
    const sure = earned(name, figure, full);
    return { low: sure, high: sure };
  }
  if (reporting.state !== 'value') return null;
  const declared = reporting.denominator!;
  const missing = declared - reporting.numerator!;
  if (figure.state === 'UNKNOWN') return null;
  if (figure.state === 'NA' || missing === declared) return { low: 0, high: 1 };
  const [good, of] = [figure.numerator!, figure.denominator!];
  // A row has many cells: what is missing of completeness is that share of all cells.
  const absent = name === 'completeness' ? (of * missing) / (declared - missing) : missing;
  const rated = (numerator: number) =>
    earned(name, { ...figure, numerator, denominator: of + absent }, full);
  const ends = [rated(good), rated(good + absent)];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/**
 * Scores one item of a department. What was not due takes no part, its weight falls to the rest; what is
 * not known counts as nothing for the lowest and as all for the highest. `null`: nothing was due, for it
 * was declared that there was nothing to report, and nothing came.
 */
export function scoreOf(
  figures: Readonly<Record<ScoredFigure, Kept>>,
  scheme: Scheme,
): Score | null {
  const { reporting } = figures;
  const allCame = reporting.state === 'value' && reporting.numerator === reporting.denominator;
  let [due, low, high, open] = [0, 0, 0, 0];
  for (const name of scoredFigures) {
    // Not due of what came is not due only where all came.
    const notDue = figures[name].state === 'NA' && (allCame || !ofWhatCame.has(name));
    if (notDue) continue;
    const weight = scheme.weights[name];
    due += weight;
    const part = worth(name, figures, scheme.full[name]);
    if (part === null) open += weight;
    low += weight * (part?.low ?? 0);
    high += weight * (part?.high ?? 1);
  }
  if (due === 0 || reporting.state === 'NA') return null;
  const hundredths = (points: number) => Math.round((points / due) * 10_000);
  return { lowest: hundredths(low), highest: hundredths(high), known: hundredths(due - open) };
}

/**
 * Scores a department: the mean of its items, so that silence on one of them costs its whole share at
 * the lowest end, less what is taken for concealed decisions. `null`: nothing was due of any item.
 */
export function departmentScore(
  items: readonly (Score | null)[],
  concealed: number,
  scheme: Scheme,
): Score | null {
  const due = items.filter((score) => score !== null);
  if (due.length === 0) return null;
  const taken = 100 * Math.min(scheme.deductionMost, concealed * scheme.deductionConcealed);
  const mean = (of: (score: Score) => number) =>
    Math.round(due.reduce((sum, score) => sum + of(score), 0) / due.length);
  return {
    lowest: Math.max(0, mean(({ lowest }) => lowest) - taken),
    highest: Math.max(0, mean(({ highest }) => highest) - taken),
    known: mean(({ known }) => known),
  };
}

/**
 * Ranks by the lowest the score can be, and only where ranks are told at all: the same score gives the
 * same rank, and whoever has none is not ranked.
 */
export function ranksOf(scores: readonly (Score | null)[]): (number | null)[] {
  return scores.map((score) =>
    score === null
      ? null
      : 1 + scores.filter((other) => other !== null && other.lowest > score.lowest).length,
  );
}

/** A department in the bulletin. */
export type DepartmentLine = {
  readonly provider: string;
  readonly name: string;
  readonly items: readonly string[];
  readonly produced: number | null;
  readonly received: number;
  readonly figures: Readonly<Record<KeptFigure, Kept>>;
  /** Facts still wrong when corrections stopped counting; `null`: nothing came that could be. */
  readonly errorsOpen: number | null;
  readonly concealed: number;
  readonly score: Score | null;
  /** Lowest score less that of the month before; `null` where either is missing. */
  readonly change: number | null;
  readonly rank: number | null;
};

/** One of the most frequent problems, with who had it and one example, masked. */
export type ErrorLine = {
  readonly rule: string;
  readonly rows: number;
  readonly message: string;
  readonly providers: readonly { readonly provider: string; readonly rows: number }[];
  readonly example: { readonly field: string; readonly value: string } | null;
};

/** Figures over several departments. */
export type Together = {
  readonly received: number;
  readonly figures: Readonly<Record<KeptFigure, Kept>>;
};

/** All that a bulletin says: stored whole, never worked out again (§6.6, nos. 1–9). */
export type BulletinBody = {
  readonly period: string;
  readonly place: string;
  readonly madeAt: string;
  readonly cutOff: string;
  readonly closed: boolean;
  /** Editions of the thresholds and weights. */
  readonly rules: string;
  readonly scheme: Scheme;
  readonly ranked: boolean;
  readonly overall: Together & {
    readonly newSubjects: number;
    readonly natural: number;
    readonly before: Together | null;
  };
  readonly departments: readonly DepartmentLine[];
  readonly districts: readonly (Together & { readonly region: string; readonly units: number })[];
  readonly errors: readonly ErrorLine[];
  readonly overdue: readonly { readonly provider: string; readonly rows: number }[];
  readonly zeroReports: readonly { readonly provider: string; readonly item: string }[];
  readonly silent: readonly {
    readonly provider: string;
    readonly item: string;
    /** By the directory's frequency, by its own rhythm, or never heard though it has to report. */
    readonly by: 'frequency' | 'own-rhythm' | 'never';
  }[];
  readonly alerts: readonly {
    readonly kind: string;
    readonly provider: string;
    readonly item: string;
    readonly what: string | null;
  }[];
  readonly praise: readonly string[];
};
