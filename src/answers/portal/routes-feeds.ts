/** Feeds and the site map: what machines read instead of pages. Both tell only what is public today. */
import { type Day, type Instant, startOfDay } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import type { Config } from '../../platform/config.ts';
import type { EdgeContext, Reply } from '../../platform/http/index.ts';
import { addressIn } from '../../ui/reader.ts';
import { sitemapPartSize } from './figures/service-figures.ts';
import { readSitemapPart, readSitemapParts } from './figures/store-figures.ts';
import { feedsPage } from './pages/feeds.tsx';
import { type PageAnswer, type PageRequest, pageReply, siteOf, tell } from './routes-page.ts';
import { lawChanges } from './service-changes.ts';
import { instruments, portalLaw } from './service-law.ts';
import { feedNewsMax, newest, newsLists } from './service-news.ts';
import { regionsOf } from './service-regions.ts';
import { standards, terms } from './service-terms.ts';
import { nameOfTerm } from './pages/terms.tsx';

/**
 * Where this site is: as it was set up (`XINHENG_ORIGIN`), or else as the reader asked for it. A name from
 * outside that is no plain name of a host becomes `localhost`; it never decides or fetches anything.
 */
export function originOf(c: EdgeContext, { origin }: Pick<Config, 'origin'>): string {
  if (origin !== null) return origin;
  const host = c.req.header('host') ?? '';
  const plain = /^[a-zA-Z0-9.-]{1,253}(:\d{1,5})?$/.test(host) ? host.toLowerCase() : 'localhost';
  const given = (c.req.header('x-forwarded-proto') ?? '').split(',')[0]?.trim();
  return `${given === 'https' ? 'https' : 'http'}://${plain}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text within XML; characters XML has no place for are left out. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign]!);
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

function xmlReply(type: string, body: string): Reply {
  return { status: 200, type: `${type}; charset=utf-8`, body: xmlHead + body, cache: 'day' };
}

/** An entry of a feed; `path` is where it is read. */
type Entry = {
  readonly id: string;
  readonly title: string;
  readonly on: Day;
  readonly path: string;
  readonly summary: string;
};

const feedTitles = {
  permit: '最新公示的行政许可',
  penalty: '最新公示的行政处罚',
  other: '其他最新公示',
  law: '规则的变化',
} as const;
type FeedName = keyof typeof feedTitles;

function atom(request: PageRequest, name: FeedName, entries: readonly Entry[]): Reply {
  const origin = originOf(request.c, request.context.config);
  const at = (day: Day): Instant => startOfDay(day);
  const newestDay = entries[0]?.on ?? request.context.clock.today();
  const lines = entries.map(
    ({ id, title, on, path, summary }) =>
      `<entry><id>${id}</id><title>${xmlText(title)}</title><updated>${at(on)}</updated>` +
      `<link href="${xmlText(origin + path)}"/><summary>${xmlText(summary)}</summary></entry>`,
  );
  const self = `${origin}/feeds/${name}.atom`;
  const place = siteOf(request.context).place?.zh ?? '';
  return xmlReply(
    'application/atom+xml',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><id>${xmlText(self)}</id>` +
      `<title>${xmlText(`信衡 ${place} ${feedTitles[name]}`)}</title><updated>${at(newestDay)}</updated>` +
      `<author><name>信衡公共信用信息平台</name></author><link rel="self" href="${xmlText(self)}"/>` +
      `<link href="${xmlText(`${origin}/`)}"/>${lines.join('')}</feed>\n`,
  );
}

async function feed(request: PageRequest): Promise<Reply> {
  const { c, context } = request;
  const name = /^([a-z]+)\.atom$/.exec(c.req.param('file') ?? '')?.[1];
  if (name === 'law') {
    const { on } = portalLaw(context.law());
    const past = lawChanges(portalLaw(context.law())).filter((change) => change.on <= on);
    const entries = past.slice(0, feedNewsMax).map((change) => ({
      id: `tag:xinheng,2026:law:${change.path.slice(1)}:${change.edition}:${change.what}`,
      title: `${change.title.zh}${change.what === 'begins' ? '施行' : '失效'}`,
      on: change.on,
      path: change.path,
      summary: `${change.on}${change.what === 'begins' ? '施行' : '失效'}，版本${change.edition}`,
    }));
    return atom(request, 'law', entries);
  }
  const list = newsLists.find((one) => one === name);
  if (list === undefined) return tell(request, refuse('http.not-found').refusal);
  const news = await newest(context, list, feedNewsMax);
  const entries = news.map(({ openedOn, record, subject, path }) => ({
    id: `urn:uuid:${record.recordId}`,
    title: `${subject.name}：${record.itemName.zh}${record.kinds === null ? '' : `（${record.kinds}）`}`,
    on: openedOn as Day,
    path,
    summary: record.why.zh,
  }));
  return atom(request, list, entries);
}

type Address = { readonly path: string; readonly on: string | null };

function urlSet(origin: string, addresses: readonly Address[]): string {
  const lines = addresses.map(
    ({ path, on }) =>
      `<url><loc>${xmlText(origin + path)}</loc>${on === null ? '' : `<lastmod>${on}</lastmod>`}</url>`,
  );
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${lines.join('')}</urlset>\n`;
}

/** The index: the pages of the platform itself, then the organisations in parts of 50,000. */
async function sitemapIndex({ c, context }: PageRequest): Promise<Reply> {
  const origin = originOf(c, context.config);
  const parts = await readSitemapParts(context.database);
  const maps = [
    { path: '/sitemaps/pages.xml', on: null },
    ...parts.map(({ part, changedOn }) => ({ path: `/sitemaps/${part}.xml`, on: changedOn })),
  ];
  const lines = maps.map(
    ({ path, on }) =>
      `<sitemap><loc>${xmlText(origin + path)}</loc>${on === null ? '' : `<lastmod>${on}</lastmod>`}</sitemap>`,
  );
  return xmlReply(
    'application/xml',
    `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${lines.join('')}</sitemapindex>\n`,
  );
}

const ownPages = [
  '/',
  '/bulletins',
  '/publicity',
  '/publicity/permits',
  '/publicity/penalties',
  '/publicity/acts',
  '/statistics',
  '/regions',
  '/sources',
  '/scope',
  '/help',
  '/feeds',
  '/law',
  '/law/terms',
  '/law/changes',
  '/law/items',
  '/law/standards',
  '/law/unconfirmed',
];

async function pagesMap({ c, context }: PageRequest): Promise<Reply> {
  const law = portalLaw(context.law());
  const facts = await context.cityFacts();
  const lasting = [
    ...ownPages,
    ...instruments(law, facts).map(({ id }) => `/law/${id}`),
    ...new Set(terms(law, facts).map((term) => `/law/terms/${nameOfTerm(term)}`)),
    ...standards(law).map(({ id, edition }) => `/law/standards/${id}@${edition}`),
    ...regionsOf(law, context.config.jurisdiction).live.map(({ code }) => `/regions/${code}`),
  ];
  const addresses = lasting.flatMap((path) => [
    { path, on: null },
    { path: addressIn('en', path), on: null },
  ]);
  return xmlReply('application/xml', urlSet(originOf(c, context.config), addresses));
}

async function sitemapPart(request: PageRequest): Promise<Reply> {
  const { c, context } = request;
  const name = /^(\d{1,6}|pages)\.xml$/.exec(c.req.param('file') ?? '')?.[1];
  if (name === 'pages') return pagesMap(request);
  const parts = name === undefined ? [] : await readSitemapParts(context.database);
  const part = parts.find((one) => one.part === Number(name));
  if (part === undefined) return tell(request, refuse('http.not-found').refusal);
  const codes = await readSitemapPart(context.database, part.fromSubject, sitemapPartSize);
  const addresses = codes.map(({ uscc, changedOn }) => ({
    path: `/subjects/${uscc}`,
    on: changedOn,
  }));
  return xmlReply('application/xml', urlSet(originOf(c, context.config), addresses));
}

/** Patterns with what answers them. */
export const feedPages: readonly (readonly [string, PageAnswer])[] = [
  ['/feeds', (request) => pageReply(request, feedsPage(request.r), { path: '/feeds' })],
];

/** Files, at one address for both languages. */
export const feedFiles: readonly (readonly [string, PageAnswer])[] = [
  ['/feeds/:file', feed],
  ['/sitemap.xml', sitemapIndex],
  ['/sitemaps/:file', sitemapPart],
];
