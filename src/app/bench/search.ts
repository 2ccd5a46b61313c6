/** `bench search`: names found by part, slip, short form, pinyin and former name, beside an exact lookup. */
import { type PortalContext, portalContext, search } from '../../answers/portal/index.ts';
import { raw } from '../../platform/db/index.ts';
import { findByExactName, initialsOf } from '../../register/subjects/index.ts';
import type { Bench, BenchContext, BenchLine } from './bench.ts';
import { namesFrom } from './names.ts';
import { type MadeRegistry, importMade } from './registry-file.ts';
import { type Query, type QueryKind, queriesOf, queryKinds } from './search-queries.ts';
import { quantile, timed } from './times.ts';

const seed = 32_100;
const perKind = 250;
const warmUp = 100;
const budgetMs = 50;
const recallLeast = 0.95;
const top = 10;

const tidying = [
  'vacuum analyze subjects.subject',
  'vacuum analyze subjects.lookup_key',
  'vacuum analyze subjects.search_entry',
  'checkpoint',
];

/** Kinds whose answer is judged: a part of a name or initials are borne by many. */
const judged: ReadonlySet<QueryKind> = new Set(
  queryKinds.filter((kind) => kind !== 'part' && kind !== 'initials'),
);

type Outcome = { readonly query: Query; readonly ms: number; readonly found: boolean };

/** Where a search is among the hits of a page: whether the expected organisation is in the first ten. */
async function ask(context: PortalContext, query: Query, times: number[]): Promise<Outcome> {
  const answer = await timed(times, () => search(context, query.text, 1));
  const hits = answer.ok ? answer.value.hits.slice(0, top) : [];
  return { query, ms: times.at(-1)!, found: hits.some(({ uscc }) => uscc === query.uscc) };
}

function shareFound(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ found }) => found).length / outcomes.length;
}

type Measured = { readonly outcomes: readonly Outcome[]; readonly exactMs: readonly number[] };

function linesOf({ outcomes, exactMs }: Measured, imported: BenchLine): BenchLine[] {
  const yardstick = { what: 'p95 of exact name', value: quantile(exactMs, 0.95) };
  const timeOf = (what: string, some: readonly Outcome[]): BenchLine => ({
    what: `p95 ${what}`,
    unit: 'ms',
    figure: quantile(
      some.map(({ ms }) => ms),
      0.95,
    ),
    yardstick,
    budget: { on: 'figure', most: budgetMs },
  });
  const recallOf = (what: string, some: readonly Outcome[], least?: number): BenchLine => ({
    what: `recall@${top} ${what}`,
    unit: 'share',
    figure: shareFound(some),
    yardstick: null,
    budget: least === undefined ? null : { on: 'figure', least },
  });
  const ofKind = (kind: QueryKind) => outcomes.filter(({ query }) => query.kind === kind);
  const all = outcomes.filter(({ query }) => judged.has(query.kind));
  return [
    timeOf('all kinds', outcomes),
    recallOf('all judged kinds', all, recallLeast),
    recallOf('short', ofKind('short'), recallLeast),
    ...queryKinds.map((kind) => timeOf(kind, ofKind(kind))),
    ...queryKinds
      .filter((kind) => judged.has(kind) && kind !== 'short')
      .map((kind) => recallOf(kind, ofKind(kind))),
    imported,
  ];
}

async function measure(context: BenchContext, registry: MadeRegistry): Promise<Measured> {
  const { installation } = context;
  const portal = portalContext(installation);
  const tables = installation.linkTables();
  const queries = queryKinds.map((kind) => queriesOf(registry, kind, perKind, initialsOf));
  const exact = queriesOf(registry, 'exact', perKind * queries.length, initialsOf);
  for (const query of exact.slice(0, warmUp)) await ask(portal, query, []);
  const outcomes: Outcome[] = [];
  const exactMs: number[] = [];
  // Kinds take turns, each with an exact lookup beside it, so that all see the same machine.
  for (let round = 0; round < perKind; round += 1) {
    for (const kind of queries) {
      const query = kind[round];
      if (query === undefined) continue;
      outcomes.push(await ask(portal, query, []));
      const { text } = exact[outcomes.length % exact.length]!;
      await timed(exactMs, () => findByExactName(installation.database, text, tables));
    }
  }
  return { outcomes, exactMs };
}

/** The benchmark. */
export const searchBench: Bench = {
  name: 'search',
  summary: '机构名称检索：部分、笔误、简称、拼音、曾用名 / name search, with recall on a test set',
  defaultRows: 1_000_000,
  async run(context) {
    const registry = {
      source: await namesFrom(context.sharedData),
      seed,
      rows: context.rows,
    };
    context.tell(`${registry.source.told}; importing ${context.rows}`);
    const report = await importMade(context.installation, registry, () => undefined);
    const imported: BenchLine = {
      what: 'import of the base library',
      unit: 'rows/s',
      figure: report.received / report.seconds,
      yardstick: null,
      budget: null,
    };
    context.tell(`imported in ${report.seconds} s`);
    // As after a night: what the server tidies up behind a large import is not the search's doing.
    for (const step of tidying) await context.installation.database.execute(raw(step));
    const { value, memory } = await context.measured(() => measure(context, registry));
    return {
      rows: report.added,
      lines: linesOf(value, imported),
      notes: [
        registry.source.told,
        `seed ${seed}, ${perKind} queries of each kind, told in docs/benchmarks.md`,
      ],
      memory,
    };
  },
};
