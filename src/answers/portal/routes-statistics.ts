/** Addresses of the figures, of the regions, and of the state of the platform. */
import { momentWords } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import type { Reply } from '../../platform/http/index.ts';
import { csvOf } from './domain-csv.ts';
import {
  type ChartName,
  type FigureFamily,
  chartNames,
  figureFamilies,
} from './figures/domain-figures.ts';
import { type FiguresView, figuresOf } from './figures/service-figures.ts';
import { waitingBatches } from './figures/store-figures.ts';
import { regionPage, regionsPage } from './pages/regions.tsx';
import { type FiguresPart, chartWords, statisticsPage } from './pages/statistics.tsx';
import { statusPage } from './pages/status.tsx';
import { type PageAnswer, type PageRequest, pageReply, tell } from './routes-page.ts';
import { readiness } from './service-health.ts';
import { portalLaw } from './service-law.ts';
import { logNow } from './service-log.ts';
import { regionOf, regionsOf } from './service-regions.ts';
import { newestDelivery, sources } from './service-sources.ts';

function familyOf(request: PageRequest): FigureFamily | null {
  const asked = request.c.req.query('family') ?? '*';
  return figureFamilies.find((family) => family === asked) ?? null;
}

function partOf(view: FiguresView): FiguresPart {
  return { ...view, madeAt: view.madeAt === null ? null : momentWords(view.madeAt) };
}

const badFamily = (request: PageRequest) =>
  tell(request, refuse('http.bad-request', { field: 'family' }).refusal);

async function statistics(request: PageRequest): Promise<Reply> {
  const { context, r } = request;
  const family = familyOf(request);
  if (family === null) return badFamily(request);
  const figures = await figuresOf(context, { region: null, family });
  const path = family === '*' ? '/statistics' : `/statistics?family=${family}`;
  return pageReply(request, statisticsPage(r, partOf(figures)), { path });
}

/** A chart as a file; `region` null: of the whole place. */
async function chartFile(request: PageRequest, region: string | null): Promise<Reply> {
  const name = /^([a-z]+)\.csv$/.exec(request.c.req.param('file') ?? '')?.[1];
  const family = familyOf(request);
  if (family === null) return badFamily(request);
  const known = chartNames.find((chart): chart is ChartName => chart === name);
  const figures = await figuresOf(request.context, { region, family });
  const chart = figures.charts.find((one) => one.name === known);
  if (chart === undefined || figures.madeAt === null) {
    return tell(request, refuse('http.not-found').refusal);
  }
  const { column } = chartWords[chart.name];
  const rows = chart.bars.map(({ name: words, count }) =>
    words.zh === words.en ? [words.zh, '', count] : [words.zh, words.en, count],
  );
  const head = [
    [`${column.zh} ${column.en}`, 'English', '条数 records'],
    ...rows,
    [`截至 as of ${figures.asOf}`, `算于 worked out ${momentWords(figures.madeAt)} UTC+8`, ''],
  ];
  return {
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: csvOf(head),
    cache: 'day',
    headers: { 'content-disposition': `attachment; filename="xinheng-${chart.name}.csv"` },
  };
}

function regions(request: PageRequest): Reply {
  const { context, r } = request;
  const law = portalLaw(context.law());
  const view = regionsOf(law, context.config.jurisdiction);
  return pageReply(request, regionsPage(r, view), { path: '/regions' });
}

async function region(request: PageRequest): Promise<Reply> {
  const { context, r, c } = request;
  const family = familyOf(request);
  if (family === null) return badFamily(request);
  const view = regionOf(portalLaw(context.law()), c.req.param('code') ?? '');
  if (view === null) return tell(request, refuse('http.not-found').refusal);
  const figures = await figuresOf(context, { region: view.code, family });
  const base = `/regions/${view.code}`;
  const page = regionPage(r, view, partOf(figures));
  return pageReply(request, page, { path: family === '*' ? base : `${base}?family=${family}` });
}

function regionFile(request: PageRequest): Promise<Reply> | Reply {
  const view = regionOf(portalLaw(request.context.law()), request.c.req.param('code') ?? '');
  return view === null
    ? tell(request, refuse('http.not-found').refusal)
    : chartFile(request, view.code);
}

async function status(request: PageRequest): Promise<Reply> {
  const { context, r, site } = request;
  const ready = await readiness(context);
  if (!ready.ready) {
    const page = statusPage(r, { asOf: site.asOf, checks: ready.checks, more: null });
    return pageReply(request, page, { path: '/status', status: 503 });
  }
  const facts = await context.cityFacts();
  const [figures, waiting, log] = await Promise.all([
    figuresOf(context, { region: null, family: '*' }),
    waitingBatches(context.database),
    logNow(context),
  ]);
  const { counts } = sources(portalLaw(context.law()), facts);
  const more = {
    newest: newestDelivery(facts),
    late: counts.late,
    waiting,
    figuresAt: figures.madeAt === null ? null : momentWords(figures.madeAt),
    records: figures.madeAt === null ? null : figures.total,
    log:
      log === null
        ? null
        : {
            size: log.signed?.size ?? 0,
            signedAt: log.signed === null ? null : momentWords(log.signed.at),
            waiting: log.waiting,
            late: log.late,
          },
  };
  const page = statusPage(r, { asOf: site.asOf, checks: ready.checks, more });
  return pageReply(request, page, { path: '/status' });
}

/** Patterns with what answers them. */
export const statisticsAnswers: readonly (readonly [string, PageAnswer])[] = [
  ['/statistics', statistics],
  ['/regions', regions],
  ['/regions/:code', region],
  ['/status', status],
];

/** Files of charts: at one address for both languages. */
export const chartFileAnswers: readonly (readonly [string, PageAnswer])[] = [
  ['/statistics/:file', (request) => chartFile(request, null)],
  ['/regions/:code/:file', regionFile],
];
