/** What every page's route needs: who reads, for which place, and the reply a page or a refusal becomes. */
import type { Refusal } from '../../kernel/result.ts';
import { type EdgeContext, type Reply, fillRefusal, statusOf } from '../../platform/http/index.ts';
import { type Reader, languageOf, readerOf } from '../../ui/reader.ts';
import type { PortalContext } from './deps.ts';
import { type Page, type Site, drawPage } from './pages/frame.tsx';
import { refusedPage } from './pages/refused.tsx';
import { portalLaw } from './service-law.ts';
import { placeNameOf } from './service-registered.ts';
import { refusalsInWords } from './words-refusals.ts';

/** What a page's address is answered from. */
export type PageRequest = {
  readonly c: EdgeContext;
  readonly context: PortalContext;
  readonly r: Reader;
  readonly site: Site;
  /** The path asked for, without language and query. */
  readonly path: string;
};

/** Draws a page; `path`: its lasting address, `null` where it has none. */
export type PageAnswer = (request: PageRequest) => Promise<Reply> | Reply;

/** Cookie that remembers large type; over TLS its name keeps neighbouring hosts from setting it. */
export const largeCookie = (secure: boolean): string => (secure ? '__Host-type' : 'type');

/** Who reads: language from the address, type size from the cookie. */
export function readerAt(c: EdgeContext): { readonly r: Reader; readonly path: string } {
  const { lang, path } = languageOf(c.req.path);
  const cookies = (c.req.header('cookie') ?? '').split(/;\s*/);
  const isLarge = [true, false].some((secure) => cookies.includes(`${largeCookie(secure)}=large`));
  return { r: readerOf(lang, isLarge), path };
}

/** What is the same on every page of this installation. */
export function siteOf(context: PortalContext): Site {
  const { sample, jurisdiction } = context.config;
  if (sample) {
    return { sample, place: { zh: '样例市', en: 'Sample city' }, asOf: context.clock.today() };
  }
  const name = placeNameOf(portalLaw(context.law()), jurisdiction);
  return {
    sample,
    place: name === null ? null : { zh: name, en: name },
    asOf: context.clock.today(),
  };
}

/** A page as a reply. */
export function pageReply(
  request: Pick<PageRequest, 'r' | 'site'>,
  page: Page,
  options: { readonly path: string | null; readonly status?: number },
): Reply {
  const status = options.status ?? 200;
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: drawPage({ r: request.r, site: request.site, page, path: options.path }),
    cache: status === 200 ? 'day' : 'none',
    headers: { 'content-language': request.r.lang === 'zh' ? 'zh-CN' : 'en' },
  };
}

/** A refusal as a page, whatever went wrong before. */
export function tellPage(context: PortalContext): (refusal: Refusal, c: EdgeContext) => Reply {
  return (refusal, c) => {
    const { r } = readerAt(c);
    const site = { sample: context.config.sample, place: null, asOf: context.clock.today() };
    const trace = refusal.code === 'http.fault' ? c.get('trace') : null;
    const page = refusedPage(r, refusal.code, adviceOn(refusal), trace);
    return pageReply({ r, site }, page, { path: null, status: statusOf(refusal.code) });
  };
}

/** What happened and what to do now, in both languages. */
export function adviceOn(refusal: Refusal): { readonly zh: string; readonly en: string } {
  const words = refusalsInWords[refusal.code] ?? { zh: refusal.code, en: refusal.code };
  return fillRefusal(words, refusal.params);
}

/** A refusal found while answering, as a page. */
export function tell({ context, c }: PageRequest, refusal: Refusal): Reply {
  return tellPage(context)(refusal, c);
}
