/** Addresses of the pages. Chinese at the root, English under `/en`; the same five lines for each. */
import { englishPrefix } from '../../ui/reader.ts';
import { assets } from '../../ui/style.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import type { Config } from '../../platform/config.ts';
import {
  type Edge,
  type EdgeContext,
  type Networks,
  type Reply,
  isSecure,
  redirectReply,
  statusOf,
} from '../../platform/http/index.ts';
import { recordsMax } from './contract.ts';
import { bulletinAnswers } from './bulletins/routes-bulletins.ts';
import { columnAnswers } from './columns/routes-columns.ts';
import type { PortalContext } from './deps.ts';
import { homePage } from './pages/home.tsx';
import { relationsPage } from './pages/relations.tsx';
import { recordPage } from './pages/record.tsx';
import { pathOfResults, searchPage, searchProblemPage } from './pages/search.tsx';
import { subjectPage } from './pages/subject.tsx';
import { feedFiles, feedPages, originOf } from './routes-feeds.ts';
import { lawAnswers } from './routes-law.ts';
import { addLogFiles, logAnswers } from './routes-log.ts';
import {
  type PageAnswer,
  type PageRequest,
  adviceOn,
  largeCookie,
  pageReply,
  readerAt,
  siteOf,
  tell,
} from './routes-page.ts';
import { chartFileAnswers, statisticsAnswers } from './routes-statistics.ts';
import { lawChanges } from './service-changes.ts';
import { portalLaw } from './service-law.ts';
import { homeNewsMax, newest, newsLists } from './service-news.ts';
import { pagesMax, search } from './service-search.ts';
import { regionOf } from './service-regions.ts';
import { newestDelivery, sources } from './service-sources.ts';
import {
  type OpenedSubject,
  type Selection,
  recordById,
  subjectByCode,
  subjectById,
} from './service-subject.ts';

async function home({ context, r, site }: PageRequest): Promise<Reply> {
  const facts = await context.cityFacts();
  const { counts } = sources(portalLaw(context.law()), facts);
  const [permits, penalties, others] = await Promise.all(
    newsLists.map((list) => newest(context, list, homeNewsMax)),
  );
  const law = portalLaw(context.law());
  const changes = lawChanges(law).filter(({ on }) => on <= law.on);
  const page = homePage(r, site, {
    counts,
    newest: newestDelivery(facts),
    news: { permit: permits!, penalty: penalties!, other: others! },
    changes: changes.slice(0, homeNewsMax),
  });
  return pageReply({ r, site }, page, { path: '/' });
}

/** A page number of an address: 1 where none is given; `null` where it is none. */
function pageNumber(text: string | undefined, most: number): number | null {
  if (text === undefined) return 1;
  if (!/^\d{1,5}$/.test(text)) return null;
  const page = Number(text);
  return page >= 1 && page <= most ? page : null;
}

async function searchAnswer(request: PageRequest): Promise<Reply> {
  const { c, context, r, site } = request;
  const typed = c.req.query('q');
  if (typed === undefined || typed.trim() === '') {
    return pageReply(request, searchProblemPage(r, null, ''), { path: '/search' });
  }
  const page = pageNumber(c.req.query('page'), pagesMax);
  if (page === null) return tell(request, refuse('http.bad-request', { field: 'page' }).refusal);
  const asked = c.req.query('region');
  const region = asked === undefined ? null : regionOf(portalLaw(context.law()), asked);
  if (asked !== undefined && region === null) {
    return tell(request, refuse('http.bad-request', { field: 'region' }).refusal);
  }
  const found = await search(context, typed, page, region?.code ?? null);
  if (!found.ok) {
    const { code } = found.refusal;
    // What may be a person's, or is too long to be a name, is not said again.
    const kept = code === 'portal.query-one-character' ? typed.trim() : '';
    const drawn = searchProblemPage(r, { code, advice: adviceOn(found.refusal) }, kept);
    return pageReply({ r, site }, drawn, { path: null, status: statusOf(code) });
  }
  const [hit] = found.value.hits;
  if (hit?.by === 'uscc' && found.value.hits.length === 1 && page === 1) {
    return redirectReply(r.to(`/subjects/${hit.uscc ?? `id/${hit.subjectId}`}`), 302);
  }
  const { query } = found.value;
  const path = pathOfResults(query, page, region);
  return pageReply(request, searchPage(r, found.value, pagesMax, region), { path });
}

/** Every relation of a subject, page by page. */
async function relationsAnswer(request: PageRequest): Promise<Reply> {
  const { c, context, r } = request;
  const page = pageNumber(c.req.query('page'), 10_000);
  if (page === null) return tell(request, refuse('http.bad-request', { field: 'page' }).refusal);
  const selection = { page: 1 };
  const [code, id] = [c.req.param('code'), c.req.param('id')];
  const opened =
    code === undefined
      ? await subjectById(context, id ?? '', selection)
      : await subjectByCode(context, code.slice(0, codeCharsMax + 1), selection);
  if (!opened.ok) return tell(request, opened.refusal);
  const { view, path } = opened.value;
  const query = page > 1 ? `?page=${page}` : '';
  if (`${path}/relations` !== request.path) {
    return redirectReply(r.to(`${path}/relations${query}`), 302);
  }
  const drawn = relationsPage(r, { view, path, page });
  return pageReply(request, drawn, { path: `${path}/relations${query}` });
}

type Opening = (selection: Selection) => Promise<Result<OpenedSubject>>;

async function subjectAnswer(request: PageRequest, open: Opening): Promise<Reply> {
  const { c, r } = request;
  const section = c.req.query('section');
  const page = pageNumber(c.req.query('page'), 10_000);
  if (page === null || (page > 1 && section === undefined)) {
    return tell(request, refuse('http.bad-request', { field: 'page' }).refusal);
  }
  const opened = await open({ section, page });
  if (!opened.ok) return tell(request, opened.refusal);
  const { view, path } = opened.value;
  if (section !== undefined && !view.sections.some(({ key }) => key === section)) {
    return tell(request, refuse('http.bad-request', { field: 'section' }).refusal);
  }
  const query =
    section === undefined ? '' : `?section=${section}${page > 1 ? `&page=${page}` : ''}`;
  if (path !== request.path) return redirectReply(r.to(`${path}${query}`), 302);
  const drawn = subjectPage(r, { view, path, section: section ?? null, page, recordsMax });
  return pageReply(request, drawn, { path: `${path}${query}` });
}

async function recordAnswer(request: PageRequest): Promise<Reply> {
  const { c, context, r } = request;
  const opened = await recordById(context, c.req.param('record') ?? '');
  if (!opened.ok) return tell(request, opened.refusal);
  const { view, subjectPath } = opened.value;
  const path = `${subjectPath}/records/${view.record.recordId}`;
  if (path !== request.path) return redirectReply(r.to(path), 302);
  return pageReply(request, recordPage(r, view, subjectPath), { path });
}

/** Longest number of a subject that is looked up at all. */
const codeCharsMax = 64;

function byCode(request: PageRequest): Promise<Reply> {
  const code = request.c.req.param('code') ?? '';
  if (code.length > codeCharsMax) {
    return Promise.resolve(tell(request, refuse('portal.no-such-subject').refusal));
  }
  return subjectAnswer(request, (selection) => subjectByCode(request.context, code, selection));
}

function byId(request: PageRequest): Promise<Reply> {
  const id = request.c.req.param('id') ?? '';
  return subjectAnswer(request, (selection) => subjectById(request.context, id, selection));
}

/** Large type is remembered in a cookie that says nothing else; the reader goes back to the page. */
function typeAnswer({ c }: PageRequest, secure: boolean): Reply {
  const size = c.req.param('size') === 'large' ? 'large' : 'normal';
  const given = c.req.query('back') ?? '/';
  // Only addresses of this site: one slash, then neither slash nor backslash, nothing invisible.
  const back = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(given) ? given : '/';
  const age = size === 'large' ? 31_536_000 : 0;
  return redirectReply(back, 303, {
    'set-cookie': `${largeCookie(secure)}=${size}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
  });
}

/** Robots may read every lasting page; the site map has to be named with its whole address. */
function robots(c: EdgeContext, config: Pick<Config, 'origin'>): string {
  return [
    'User-agent: *',
    'Disallow: /search',
    'Disallow: /en/search',
    'Disallow: /type/',
    `Sitemap: ${originOf(c, config)}/sitemap.xml`,
    '',
  ].join('\n');
}

const answers: readonly (readonly [string, PageAnswer])[] = [
  ['/', home],
  ['/search', searchAnswer],
  ['/subjects/id/:id', byId],
  ['/subjects/id/:id/records/:record', recordAnswer],
  ['/subjects/:code', byCode],
  ['/subjects/:code/records/:record', recordAnswer],
  ['/records/:record', recordAnswer],
  ['/subjects/id/:id/relations', relationsAnswer],
  ['/subjects/:code/relations', relationsAnswer],
  ...statisticsAnswers,
  ...columnAnswers,
  ...bulletinAnswers,
  ...feedPages,
  ...lawAnswers,
  ...logAnswers,
];

/** One address for both languages: feeds, files of charts, the site map. */
const files: readonly (readonly [string, PageAnswer])[] = [...chartFileAnswers, ...feedFiles];

/** Adds every page, and the files pages load, to an edge. */
export function addPages(edge: Edge, context: PortalContext, trustedProxies: Networks): void {
  const add = (pattern: string, answer: PageAnswer) =>
    edge.on('GET', pattern, (c) => answer({ c, context, site: siteOf(context), ...readerAt(c) }));
  for (const [pattern, answer] of answers) {
    add(pattern, answer);
    add(pattern === '/' ? englishPrefix : `${englishPrefix}${pattern}`, answer);
  }
  for (const [pattern, answer] of files) add(pattern, answer);
  addLogFiles(edge, context);
  add('/en/', ({ r }) => redirectReply(r.to('/'), 308));
  add('/type/:size', (request) => typeAnswer(request, isSecure(request.c, trustedProxies)));
  for (const { path, type, body } of assets) {
    edge.on('GET', path, () => ({ status: 200, type, body, cache: 'fixed' }));
  }
  edge.on('GET', '/robots.txt', (c) => ({
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: robots(c, context.config),
    cache: 'day',
  }));
}
