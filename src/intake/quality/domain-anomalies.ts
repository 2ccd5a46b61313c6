/**
 * What is unlike a source's own history: too many or too few rows, silence, a burst of one finding, one
 * value or one day in most rows. Medians and Poisson noise, so that one odd month before is no measure.
 * Pure; thresholds come from the rulebook.
 */

/** Kinds of anomalies. */
export type AnomalyKind = 'volume' | 'silence' | 'error-burst' | 'code-share' | 'dates';

/** Thresholds; keys of `limits-quality` without their prefix. */
export type Thresholds = {
  /** Months before that are looked at, and how many of them must have had deliveries. */
  readonly historyMonths: number;
  readonly historyLeast: number;
  /** Standard deviations (of the square root's scale) and times more or fewer. */
  readonly volumeDeviations: number;
  readonly volumeTimes: number;
  /** Gaps between deliveries that must be known before silence is told from a source's own rhythm. */
  readonly silenceGaps: number;
  /** Rows a delivery usually has, below which a month without any is chance and not silence. */
  readonly silenceRows: number;
  readonly shareRows: number;
  readonly shareLeast: number;
  readonly shareTimes: number;
  readonly shareDeviations: number;
  readonly daysShareLeast: number;
};

/** Months of one source: index 0 is the oldest, the last one is judged. */
export type RowsByMonth = readonly number[];

/** A finding about the last month. */
export type Oddity = {
  readonly kind: AnomalyKind;
  /** What it is about: a finding's rule, `column=value`, or a day; `null` for volume and silence. */
  readonly what: string | null;
  readonly expected: number;
  readonly seen: number;
  /** Name of the threshold that decided. */
  readonly rule: string;
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

// Counts of a Poisson process have about this standard deviation 1 whatever their mean (Anscombe).
const steady = (count: number) => 2 * Math.sqrt(count + 3 / 8);
// Median distance to standard deviation, for a normal distribution.
const madToDeviation = 1.4826;

function spread(values: readonly number[]): number {
  const middle = median(values);
  return madToDeviation * median(values.map((value) => Math.abs(value - middle)));
}

/** Far more or far fewer rows than in the months before; a month without any is silence, not volume. */
export function oddVolume(months: RowsByMonth, limits: Thresholds): Oddity | null {
  const seen = months.at(-1) ?? 0;
  const before = months.slice(0, -1).filter((count) => count > 0);
  if (seen === 0 || before.length < limits.historyLeast) return null;
  const expected = median(before);
  const scaled = before.map(steady);
  const noise = Math.max(1, spread(scaled));
  const deviations = Math.abs(steady(seen) - median(scaled)) / noise;
  const times = Math.max(seen / expected, expected / seen);
  if (deviations < limits.volumeDeviations || times < limits.volumeTimes) return null;
  return { kind: 'volume', what: null, expected, seen, rule: 'quality.volume' };
}

/**
 * No delivery in the last month though the source's own rhythm, or the directory, wanted one.
 * `monthsBetween`: what the directory says; `null`: nothing, then only the own rhythm can tell.
 */
export function oddSilence(
  months: RowsByMonth,
  monthsBetween: number | null,
  limits: Thresholds,
): Oddity | null {
  if ((months.at(-1) ?? 0) > 0) return null;
  const heard = months.flatMap((count, index) => (count > 0 ? [index] : []));
  const last = heard.at(-1);
  if (last === undefined) return null;
  const silent = months.length - 1 - last;
  const expected = median(heard.map((index) => months[index]!));
  const told = (rule: string): Oddity => ({
    kind: 'silence',
    what: null,
    expected,
    seen: 0,
    rule,
  });
  if (monthsBetween !== null && silent >= monthsBetween) return told('quality.silence.frequency');
  const gaps = heard.slice(1).map((index, no) => index - heard[no]!);
  if (gaps.length < limits.silenceGaps || expected < limits.silenceRows) return null;
  const usual = median(gaps);
  // One longer gap is forgiven to a long history; two make the rhythm a guess.
  const longer = gaps.filter((gap) => gap > usual).length;
  if (longer > (gaps.length >= limits.silenceGaps + 2 ? 1 : 0)) return null;
  return silent >= usual + (usual > 1 ? 1 : 0) ? told('quality.silence.rhythm') : null;
}

/**
 * Nothing, and no word that there was nothing, in any of the months looked back upon, though the unit has to
 * report the item: told once a period of the directory has gone by, or, where it gives none, all those months. `owedMonths`: whole months of the duty.
 */
export function oddAbsence(
  owedMonths: number,
  monthsBetween: number | null,
  limits: Thresholds,
): Oddity | null {
  const between = monthsBetween ?? limits.historyMonths;
  if (owedMonths < between) return null;
  const due = Math.floor(owedMonths / between);
  return { kind: 'silence', what: null, expected: due, seen: 0, rule: 'quality.silence.never' };
}

/** Counts of one thing in each month beside all rows of these months; the last month is judged. */
export type Shares = {
  readonly what: string;
  readonly counts: RowsByMonth;
  readonly totals: RowsByMonth;
};

/** One thing in far more of the rows than in the months before. */
export function oddShare(
  kind: 'error-burst' | 'code-share',
  { what, counts, totals }: Shares,
  limits: Thresholds,
): Oddity | null {
  const rows = totals.at(-1) ?? 0;
  const count = counts.at(-1) ?? 0;
  if (rows < limits.shareRows || count / rows < limits.shareLeast) return null;
  const shares = totals
    .slice(0, -1)
    .flatMap((total, index) => (total > 0 ? [(counts[index] ?? 0) / total] : []));
  if (shares.length < limits.historyLeast) return null;
  // Never seen before is not impossible: one row in a hundred is expected of anything.
  const usual = Math.min(0.99, Math.max(median(shares), 0.01));
  // What the shares before differ by holds chance already; the larger of the two is the noise.
  const noise = Math.max(Math.sqrt((usual * (1 - usual)) / rows), spread(shares));
  const deviations = (count / rows - usual) / noise;
  const most = Math.min(usual * limits.shareTimes, (1 + usual) / 2);
  if (deviations < limits.shareDeviations || count / rows < most) return null;
  return { kind, what, expected: usual, seen: count / rows, rule: `quality.${kind}` };
}

/** Decision days of the last month: most rows on one day, which is told apart if it is a first of January. */
export function oddDays(
  months: readonly ReadonlyMap<string, number>[],
  limits: Thresholds,
): Oddity | null {
  const tops = months.map((days) => {
    const total = [...days.values()].reduce((sum, count) => sum + count, 0);
    const top = [...days].reduce<[string, number]>((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
    return { total, day: top[0], share: total === 0 ? 0 : top[1] / total };
  });
  const seen = tops.at(-1);
  if (seen === undefined || seen.total < limits.shareRows) return null;
  if (seen.share < limits.daysShareLeast) return null;
  const before = tops.slice(0, -1).filter(({ total }) => total > 0);
  if (before.length < limits.historyLeast) return null;
  const usual = median(before.map(({ share }) => share));
  if (seen.share < (1 + usual) / 2) return null;
  const defaultDay = seen.day.endsWith('-01-01');
  return {
    kind: 'dates',
    what: seen.day,
    expected: usual,
    seen: seen.share,
    rule: defaultDay ? 'quality.dates.default-day' : 'quality.dates.one-day',
  };
}
