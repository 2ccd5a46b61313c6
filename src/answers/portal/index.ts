/** 门户: the public face, pages and API alike. */
import type { Hono } from 'hono';
import { stopwatchMs } from '../../platform/clock.ts';
import {
  type Edge,
  type EdgeEnv,
  type Networks,
  type EdgeOptions,
  loopback,
  makeEdge,
  makeHttpLog,
  makeHttpMetrics,
  makeRateLimiter,
  readNetworks,
} from '../../platform/http/index.ts';
import { assert } from '../../kernel/result.ts';
import { type ApiOptions, isForPrograms, mountApi, tellProblem } from './api.ts';
import { type PortalContext, type PortalDeps, rememberCityFacts } from './deps.ts';
import { addPages } from './routes.ts';
import { tellPage } from './routes-page.ts';
import { logGauges } from './service-log.ts';

/** What a server may give beside the installation; each has a default that suits one machine. */
export type PortalOptions = Partial<
  Pick<EdgeOptions, 'log' | 'metrics' | 'trustedProxies' | 'rate'> &
    Pick<ApiOptions, 'metricsFrom' | 'checkAnswers'> & {
      /** What else this server answers: the office. */
      readonly more: (edge: Edge, options: { readonly trustedProxies: Networks }) => void;
    }
>;

const addressCharsMax = 4_096;
const cityFactsKeptMs = 5_000;
const usualRate = { burst: 120, perSecond: 10, addressesMax: 50_000 };

export { columnPage } from './columns/service-columns.ts';
export { countColumns } from './columns/store-columns.ts';
export { positionText } from './columns/domain-columns.ts';
export { type PortalContext, type PortalDeps, readCityFacts } from './deps.ts';
export { drawPage } from './pages/frame.tsx';
export { readerAt, siteOf } from './routes-page.ts';
export { type ShownField, readableFields, shownText } from './domain-fields.ts';
export { isPersonal } from './domain-query.ts';
export { cited, portalLaw } from './service-law.ts';
export { refreshFigures } from './figures/service-figures.ts';
export { readRun as lastFigures } from './figures/store-figures.ts';
export { placeNameOf } from './service-registered.ts';
export { sources as sourcesToday } from './service-sources.ts';
export { search } from './service-search.ts';
export { subjectByCode, subjectById } from './service-subject.ts';

/** What the portal's use cases work with. */
export function portalContext(installation: PortalDeps): PortalContext {
  const cityFacts = rememberCityFacts(installation.database, cityFactsKeptMs);
  return { ...installation, cityFacts };
}

/** The portal over an installation, to be served as it is. */
export function portalApp(installation: PortalDeps, options: PortalOptions = {}): Hono<EdgeEnv> {
  const { clock, config } = installation;
  const context = portalContext(installation);
  const own = readNetworks(loopback);
  assert(own.ok, 'loopback is a network');
  const metrics = options.metrics ?? makeHttpMetrics(logGauges(context));
  const trustedProxies = options.trustedProxies ?? own.value;
  const asPage = tellPage(context);
  const edge = makeEdge({
    clock,
    log: options.log ?? makeHttpLog(config.logLevel),
    metrics,
    trustedProxies,
    rate: options.rate === undefined ? makeRateLimiter(usualRate, stopwatchMs) : options.rate,
    addressCharsMax,
    tell: (refusal, c) => (isForPrograms(c.req.path) ? tellProblem : asPage)(refusal, c),
  });
  mountApi(edge, context, {
    metrics,
    trustedProxies,
    metricsFrom: options.metricsFrom ?? own.value,
    checkAnswers: options.checkAnswers ?? false,
  });
  addPages(edge, context, trustedProxies);
  options.more?.(edge, { trustedProxies });
  return edge.close();
}
