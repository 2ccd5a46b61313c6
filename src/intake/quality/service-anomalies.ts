/** Deliveries of a month that are unlike their source's history, with the files and rows to look at. */
import { addMonths, startOfDay } from '../../kernel/day.ts';
import { type Result, ok } from '../../kernel/result.ts';
import { editionsOf } from '../../kernel/rulebook/rulebook.ts';
import { type Duty, readDuties } from '../collection/index.ts';
import {
  type Oddity,
  type Thresholds,
  oddAbsence,
  oddDays,
  oddShare,
  oddSilence,
  oddVolume,
} from './domain-anomalies.ts';
import { type Month, monthsApart } from './domain.ts';
import { type QualityDeps, monthContext, owedAtEnd, unknownRhythm } from './service.ts';
import {
  type Lineage,
  type MonthOfSource,
  type Seen,
  type Source,
  type SourceFilter,
  type Trait,
  type ValuesSeen,
  codesSeen,
  daysSeen,
  everySource,
  isOf,
  lineage,
  monthsOfSources,
  nameOf,
  producedCounts,
  valuesSeen,
} from './store.ts';

/** An alert: what, whose, expected and seen, by which rule, and where. */
export type Anomaly = Oddity & {
  readonly provider: string;
  readonly item: string;
  readonly month: string;
  /** Edition of the thresholds. */
  readonly limits: string;
  readonly files: readonly Lineage[];
};

/** Anomalies of a month, of all sources or some. Refuses `quality.bad-period`, `quality.not-begun`. */
export async function anomalies(
  deps: QualityDeps,
  period: string,
  of: SourceFilter = everySource,
): Promise<Result<Anomaly[]>> {
  const context = monthContext(deps, period);
  if (!context.ok) return context;
  const { month, span, limits, rhythms } = context.value;
  const { thresholds } = limits;
  const first = addMonths(month.from, -thresholds.historyMonths);
  const months = Array.from({ length: thresholds.historyMonths + 1 }, (_, no) =>
    addMonths(first, no).slice(0, 7),
  );
  const { database } = deps;
  const from = startOfDay(first);
  const columns = codedColumns(deps);
  const [delivered, codes, days, values, declared, duties] = await Promise.all([
    monthsOfSources(database, from, span.to),
    codesSeen(database, from, span.to),
    daysSeen(database, from, span.to),
    valuesSeen(database, from, span.to, columns),
    producedCounts(database, months[0]!, period),
    readDuties(database),
  ]);
  const owed = owedAtEnd(duties, month);
  // Whose duty has ended is not silent.
  const released = new Set(duties.map(nameOf));
  for (const duty of owed) released.delete(nameOf(duty));
  const seen = { codes: bySource(codes), days: bySource(days), values: bySource(values) };
  const zeros = declared.filter(({ count }) => count === 0);
  const zero = new Set(zeros.filter((row) => row.month === period).map(nameOf));
  const found: Anomaly[] = [];
  for (const [key, rows] of bySource(delivered.filter((source) => isOf(source, of)))) {
    const { provider, item } = rows[0]!;
    const history = { rows, months, thresholds };
    const between = monthsApart((rhythms.get(item) ?? unknownRhythm).frequency);
    const odd = [
      ...volumes(history, zero.has(key) || released.has(key) ? null : { between }),
      ...bursts(seen.codes.get(key) ?? [], history),
      ...valueShares(seen.values.get(key) ?? [], history),
      ...clusters(seen.days.get(key) ?? [], history),
    ];
    for (const one of odd) {
      const files = await lineage(database, { provider, item }, span, traitOf(one));
      found.push({ ...one, provider, item, month: period, limits: limits.edition, files });
    }
  }
  const heard = new Set([...delivered, ...zeros].map(nameOf));
  for (const duty of owed.filter((one) => isOf(one, of) && !heard.has(nameOf(one)))) {
    const { provider, item } = duty;
    const between = monthsApart((rhythms.get(item) ?? unknownRhythm).frequency);
    const absent = oddAbsence(wholeMonths(duty, month), between, thresholds);
    if (absent === null) continue;
    found.push({ ...absent, provider, item, month: period, limits: limits.edition, files: [] });
  }
  return ok(found);
}

/** Whole months of a duty up to the end of a month. */
function wholeMonths({ since }: Duty, { to }: Month): number {
  let months = 0;
  while (addMonths(since, months + 1) <= to) months += 1;
  return months;
}

/** Columns with a code list in any standard: their values have shares worth watching. */
function codedColumns(deps: QualityDeps): string[] {
  const fields = editionsOf(deps.rulebook(), 'standard').flatMap(({ document }) =>
    document.fields.filter(({ type }) => type.startsWith('enum')).map(({ id }) => id),
  );
  return [...new Set(fields)].sort();
}

function bySource<Row extends Source>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const list = found.get(nameOf(row));
    if (list === undefined) found.set(nameOf(row), [row]);
    else list.push(row);
  }
  return found;
}

type History = {
  readonly rows: readonly MonthOfSource[];
  readonly months: readonly string[];
  readonly thresholds: Thresholds;
};

function volumes(
  { rows, months, thresholds }: History,
  silence: { readonly between: number | null } | null,
): Oddity[] {
  const counts = months.map((month) => rows.find((row) => row.month === month)?.rows ?? 0);
  // Before its first delivery a source was not silent: it was not there.
  const since = counts.slice(counts.findIndex((count) => count > 0));
  return [
    oddVolume(since, thresholds) ?? [],
    silence === null ? [] : (oddSilence(since, silence.between, thresholds) ?? []),
  ].flat();
}

function bursts(seen: readonly Seen[], { rows, months, thresholds }: History): Oddity[] {
  const totals = months.map((month) => rows.find((row) => row.month === month)?.rows ?? 0);
  return oddShares('error-burst', seen, { months, totals, thresholds });
}

/** Of the rows of one standard at a time: one whose history is too short is compared with nothing. */
function valueShares(seen: readonly ValuesSeen[], { months, thresholds }: History): Oddity[] {
  return [...new Set(seen.map(({ standard }) => standard))].flatMap((standard) => {
    const ofStandard = seen.filter((row) => row.standard === standard);
    const all = new Map(
      ofStandard.filter(({ what }) => what === null).map(({ month, count }) => [month, count]),
    );
    const totals = months.map((month) => all.get(month) ?? 0);
    const values = ofStandard.flatMap(({ what, ...row }) =>
      what === null ? [] : [{ what, ...row }],
    );
    return oddShares('code-share', values, { months, totals, thresholds });
  });
}

/** Of several findings or values that burst together, each is told. */
function oddShares(
  kind: 'error-burst' | 'code-share',
  seen: readonly Seen[],
  of: Omit<History, 'rows'> & { readonly totals: readonly number[] },
): Oddity[] {
  const { totals, months, thresholds } = of;
  const byWhat = new Map<string, Map<string, number>>();
  for (const { what, month, count } of seen) {
    const counts = byWhat.get(what) ?? new Map<string, number>();
    byWhat.set(what, counts.set(month, count));
  }
  return [...byWhat].flatMap(([what, counts]) => {
    const shareOf = { what, counts: months.map((month) => counts.get(month) ?? 0), totals };
    return oddShare(kind, shareOf, thresholds) ?? [];
  });
}

function clusters(seen: readonly Seen[], { months, thresholds }: History): Oddity[] {
  const byMonth = months.map(
    (month) =>
      new Map(
        seen.filter((row) => row.month === month).map(({ what, count }) => [what, count] as const),
      ),
  );
  return [oddDays(byMonth, thresholds) ?? []].flat();
}

function traitOf({ kind, what }: Oddity): Trait {
  if (what === null) return { of: 'all' };
  if (kind === 'error-burst') return { of: 'code', what };
  if (kind === 'dates') return { of: 'day', what };
  const at = what.indexOf('=');
  return { of: 'value', column: what.slice(0, at), what: what.slice(at + 1) };
}
