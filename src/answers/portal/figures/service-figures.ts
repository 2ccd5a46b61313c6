/** The portal's figures: worked out by upkeep, read by pages. */
import { type Day, type Instant, endOfDay, instantMs } from '../../../kernel/day.ts';
import type { Rulebook } from '../../../kernel/rulebook/rulebook.ts';
import { rowsOf } from '../../../kernel/rulebook/tables.ts';
import { releaseRules } from '../../../archive/records/index.ts';
import { stopwatchMs } from '../../../platform/clock.ts';
import { writeColumns } from '../columns/store-columns.ts';
import type { PortalDeps } from '../deps.ts';
import { shownText } from '../domain-fields.ts';
import { type PortalLaw, itemName, portalLaw } from '../service-law.ts';
import { regionOf } from '../service-regions.ts';
import { placeNameOf } from '../service-registered.ts';
import type { Words } from '../law/contract.ts';
import {
  type Bar,
  type ChartName,
  type FigureFamily,
  byMonth,
  chartNames,
  figuresDue,
  largest,
  monthsUpTo,
  united,
} from './domain-figures.ts';
import {
  type FigureRow,
  lockFigures,
  newestChange,
  openRecords,
  readByRegion,
  readFigures,
  readRun,
  writeFigures,
  writeNewest,
  writeRun,
  writeSitemap,
} from './store-figures.ts';

/** Addresses in one file of the site map; sitemaps.org allows no more. */
export const sitemapPartSize = 50_000;

/**
 * Works the figures out anew when they are of another day or state of the law, or when deliveries came
 * since; gives what was counted, `null` when nothing had to be done or another program is at it.
 */
export async function refreshFigures(
  deps: Pick<PortalDeps, 'database' | 'clock' | 'law'>,
): Promise<{ readonly records: number; readonly seconds: number } | null> {
  const { database, clock } = deps;
  const { on: day, digest: lawDigest } = deps.law();
  const now = clock.now();
  const [run, newest] = await Promise.all([readRun(database), newestChange(database)]);
  const facts =
    run === null
      ? null
      : {
          day: run.day,
          lawDigest: run.lawDigest,
          madeAtMs: instantMs(run.madeAt),
          seconds: run.seconds,
        };
  const newestChangeMs = newest === null ? null : instantMs(newest);
  if (!figuresDue(facts, { day, lawDigest, nowMs: instantMs(now), newestChangeMs })) return null;
  return database.transaction(async (tx) => {
    if (!(await lockFigures(tx))) return null;
    const started = stopwatchMs();
    const demands = releaseRules(deps.law()).map(({ item, from, to }) => ({ item, from, to }));
    const records = await openRecords(tx, { day, until: endOfDay(day), demands });
    await writeFigures(tx);
    await writeNewest(tx);
    await writeColumns(tx, sectionLetters(deps.law().rulebook));
    await writeSitemap(tx, sitemapPartSize);
    const seconds = (stopwatchMs() - started) / 1_000;
    await writeRun(tx, { day, lawDigest, madeAt: now, seconds, records });
    return { records, seconds };
  });
}

/** A bar with its name. */
export type NamedBar = { readonly key: string; readonly name: Words; readonly count: number };

/** A chart ready to be drawn. */
export type Chart = { readonly name: ChartName; readonly bars: readonly NamedBar[] };

/** Figures of the day; `charts` is empty while there are none for today. */
export type FiguresView = {
  readonly asOf: Day;
  readonly madeAt: Instant | null;
  readonly family: FigureFamily;
  readonly total: number;
  readonly charts: readonly Chart[];
};

const monthsTold = 24;
const barsMax = 15;

const unknownName: Words = { zh: '没有标明', en: 'not stated' };
const restName: Words = { zh: '其余合计', en: 'all others together' };

/**
 * Figures of a region (`null`: all) and a family. Figures of another day, or made under another state of
 * the law, are not given: they could count what is closed today.
 */
export async function figuresOf(
  deps: PortalDeps,
  asked: { readonly region: string | null; readonly family: FigureFamily },
): Promise<FiguresView> {
  const { family } = asked;
  const law = portalLaw(deps.law());
  const run = await readRun(deps.database);
  const none = { asOf: law.on, madeAt: null, family, total: 0, charts: [] };
  if (run === null || run.day !== law.on || run.lawDigest !== deps.law().digest) return none;
  const [rows, regions] = await Promise.all([
    readFigures(deps.database, asked.region ?? '*', family),
    asked.region === null ? readByRegion(deps.database, family) : [],
  ]);
  const total = rows.find(({ chart }) => chart === 'total')?.count ?? 0;
  const barsOf = (name: ChartName) => rowsOfChart(rows, regions, name);
  const wanted = chartNames.filter(
    (name) => (name !== 'region' || asked.region === null) && (name !== 'item' || family === '*'),
  );
  return {
    asOf: law.on,
    madeAt: run.madeAt,
    family,
    total,
    charts: wanted.map((name) => ({ name, bars: named(law, name, barsOf(name), total) })),
  };
}

function rowsOfChart(
  rows: readonly FigureRow[],
  regions: readonly Bar[],
  name: ChartName,
): readonly Bar[] {
  return name === 'region' ? regions : rows.filter(({ chart }) => chart === name);
}

function named(law: PortalLaw, name: ChartName, bars: readonly Bar[], total: number): NamedBar[] {
  if (name === 'month') {
    return byMonth(bars, monthsUpTo(law.on, monthsTold)).map((bar) => ({
      ...bar,
      name: { zh: bar.key, en: bar.key },
    }));
  }
  const own = name === 'sector' ? united(bars, (key) => sectionOf(law, key)) : bars;
  const nameOf = (key: string): Words =>
    key === '?' ? unknownName : key === 'rest' ? restName : barName(law, name, key);
  return largest(own, barsMax, total).map((bar) => ({ ...bar, name: nameOf(bar.key) }));
}

function barName(law: PortalLaw, name: ChartName, key: string): Words {
  if (name === 'item') return itemName(law, key);
  const told = name === 'region' ? divisionName(law, key) : shownText(key);
  return { zh: told, en: told };
}

/** A division with the ones it lies in; one the table does not know is told by its code too. */
function divisionName(law: PortalLaw, code: string): string {
  const name = placeNameOf(law, code);
  if (name === null) return code;
  return regionOf(law, code) === null ? `${name}（${code}）` : name;
}

/** Letter of each two-digit industry. */
function sectionLetters(rulebook: Rulebook): Record<string, string> {
  return Object.fromEntries(
    rowsOf(rulebook, 'industries-2017')
      .filter((row) => row['level'] === 'division')
      .map((row) => [row.code, String(row['section'])]),
  );
}

const sections = new WeakMap<PortalLaw, ReadonlyMap<string, string>>();

/** Section of an industry by its first two digits, with its letter: `A 农、林、牧、渔业`; `?` where unknown. */
function sectionOf(law: PortalLaw, division: string): string {
  let known = sections.get(law);
  if (known === undefined) {
    const rows = rowsOf(law.rulebook, 'industries-2017');
    const letters = new Map(
      rows.filter((row) => row['level'] === 'section').map(({ code, name }) => [code, name]),
    );
    known = new Map(
      rows
        .filter((row) => row['level'] === 'division')
        .map((row) => [row.code, `${row['section']} ${letters.get(String(row['section'])) ?? ''}`]),
    );
    sections.set(law, known);
  }
  return known.get(division) ?? '?';
}
