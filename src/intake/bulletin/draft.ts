/** A bulletin from a month's figures: departments, districts, problems, who is overdue or silent. Pure. */
import {
  type Anomaly,
  type FigureName,
  type Measure,
  type MonthFigures,
  addUp,
  figureNames,
} from '../quality/index.ts';
import {
  type BulletinBody,
  type DepartmentLine,
  type ErrorLine,
  type Kept,
  type Scheme,
  type ScoredFigure,
  type Together,
  departmentScore,
  ranksOf,
  scoreOf,
  scoredFigures,
} from './domain.ts';

type Source = MonthFigures['sources'][number];

/** A unit as far as a bulletin names it. */
export type NamedUnit = { readonly name: string; readonly region: string | null };

/** Everything a bulletin is made of. */
export type Material = {
  readonly now: MonthFigures;
  readonly before: MonthFigures | null;
  readonly anomalies: readonly Anomaly[];
  readonly units: ReadonlyMap<string, NamedUnit>;
  readonly newSubjects: number;
  readonly concealed: ReadonlyMap<string, number>;
  readonly errors: readonly ErrorLine[];
  readonly scheme: Scheme;
  readonly rules: string;
  readonly ranked: boolean;
  /** Points from which a department is praised. */
  readonly praise: number;
  readonly place: string;
  readonly madeAt: string;
};

function kept({ state, numerator, denominator }: Measure, unknownItems = 0): Kept {
  return state === 'value'
    ? { state, numerator, denominator, unknownItems }
    : { state, numerator: null, denominator: null, unknownItems };
}

function figuresTogether(sources: readonly Source[]): Record<FigureName, Kept> {
  return Object.fromEntries(
    figureNames.map((name) => {
      const unknown = sources.filter(({ figures }) => figures[name].state === 'UNKNOWN').length;
      return [name, kept(addUp(sources, name), unknown)];
    }),
  ) as Record<FigureName, Kept>;
}

function together(sources: readonly Source[]): Together {
  return {
    received: sources.reduce((sum, { received }) => sum + received, 0),
    figures: figuresTogether(sources),
  };
}

function groupBy<Key, Row>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** Figures one item of a department is scored by. */
function scoredOf({ figures }: Source): Record<ScoredFigure, Kept> {
  return Object.fromEntries(scoredFigures.map((name) => [name, kept(figures[name])])) as Record<
    ScoredFigure,
    Kept
  >;
}

function producedOf(sources: readonly Source[]): number | null {
  const counts = sources.map(({ produced }) => produced);
  return counts.includes(null) ? null : counts.reduce<number>((sum, count) => sum + count!, 0);
}

function wrongStill(sources: readonly Source[]): number | null {
  const known = sources.filter(({ figures }) => figures.complianceFinal.state === 'value');
  if (known.length === 0) return null;
  return known.reduce((sum, { figures }) => {
    const { numerator, denominator } = figures.complianceFinal;
    return sum + (denominator! - numerator!);
  }, 0);
}

function scoreAt(month: MonthFigures, provider: string, material: Material) {
  const sources = month.sources.filter((source) => source.provider === provider);
  const concealed = month === material.now ? (material.concealed.get(provider) ?? 0) : 0;
  const items = sources.map((source) => scoreOf(scoredOf(source), material.scheme));
  return departmentScore(items, concealed, material.scheme);
}

function departmentLines(material: Material): DepartmentLine[] {
  const { now, before, units, concealed } = material;
  const lines = [...groupBy(now.sources, ({ provider }) => provider)].map(
    ([provider, sources]): DepartmentLine => {
      const score = scoreAt(now, provider, material);
      const earlier = before === null ? null : scoreAt(before, provider, material);
      return {
        provider,
        name: units.get(provider)?.name ?? provider,
        items: sources.map(({ item }) => item).sort(),
        produced: producedOf(sources),
        ...together(sources),
        errorsOpen: wrongStill(sources),
        concealed: concealed.get(provider) ?? 0,
        score,
        change: score === null || earlier === null ? null : score.lowest - earlier.lowest,
        rank: null,
      };
    },
  );
  // By code, which says nothing of merit, unless ranks are told.
  const sorted = lines.sort((a, b) => (a.provider < b.provider ? -1 : 1));
  if (!material.ranked) return sorted;
  const ranks = ranksOf(sorted.map(({ score }) => score));
  return sorted
    .map((line, index) => ({ ...line, rank: ranks[index]! }))
    .sort((a, b) => (a.rank ?? sorted.length) - (b.rank ?? sorted.length));
}

function districtLines({ now, units }: Material): BulletinBody['districts'] {
  const byRegion = groupBy(now.sources, ({ provider }) => units.get(provider)?.region ?? '?');
  return [...byRegion]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, sources]) => ({
      region,
      units: new Set(sources.map(({ provider }) => provider)).size,
      ...together(sources),
    }));
}

/** Sources expected and not heard: by the directory's frequency, by their own rhythm, or because they have to report. */
function silentSources({ now, anomalies }: Material): BulletinBody['silent'] {
  const odd = anomalies.filter(({ kind }) => kind === 'silence');
  return odd
    .filter(({ provider, item }) =>
      now.sources.some(
        (source) => source.provider === provider && source.item === item && source.produced !== 0,
      ),
    )
    .map(({ provider, item, rule }) => ({ provider, item, by: silentBy[rule] ?? 'own-rhythm' }));
}

const silentBy: Readonly<Record<string, BulletinBody['silent'][number]['by']>> = {
  'quality.silence.frequency': 'frequency',
  'quality.silence.never': 'never',
};

/** Makes the bulletin of a month. */
export function draftOf(material: Material): BulletinBody {
  const { now, before, anomalies, scheme, rules, ranked, place, madeAt } = material;
  const departments = departmentLines(material);
  return {
    period: now.period,
    place,
    madeAt,
    cutOff: now.cutOff,
    closed: now.closed,
    rules,
    scheme,
    ranked,
    overall: {
      ...together(now.sources),
      newSubjects: material.newSubjects,
      natural: now.sources.reduce((sum, { natural }) => sum + natural, 0),
      before: before === null ? null : together(before.sources),
    },
    departments,
    districts: districtLines(material),
    errors: material.errors,
    overdue: departments.flatMap(({ provider, errorsOpen }) =>
      now.closed && errorsOpen !== null && errorsOpen > 0 ? [{ provider, rows: errorsOpen }] : [],
    ),
    zeroReports: now.sources
      .filter(({ produced, received }) => produced === 0 && received === 0)
      .map(({ provider, item }) => ({ provider, item })),
    silent: silentSources(material),
    alerts: anomalies
      .filter(({ kind }) => kind !== 'silence')
      .map(({ kind, provider, item, what }) => ({ kind, provider, item, what })),
    praise: departments
      .filter(({ score }) => score !== null && score.lowest >= material.praise * 100)
      .map(({ provider }) => provider),
  };
}
