/**
 * The public API, version 1, and the addresses of operation: routes as data with the use cases behind
 * them. It answers with what pages show, from the same functions; it changes nothing.
 */
import type { Refusal } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import {
  type Edge,
  type EdgeContext,
  type Handled,
  type HttpMetrics,
  type Networks,
  type Reply,
  fillRefusal,
  handle,
  isFrom,
  jsonReply,
  mount,
  openApiOf,
  problemReply,
  statusOf,
} from '../../platform/http/index.ts';
import {
  problemsRoute,
  publicPrefix,
  publicRoutes,
  recordRoute,
  scopeRoute,
  searchRoute,
  sectionByIdRoute,
  sectionRoute,
  sourcesRoute,
  subjectByIdRoute,
  subjectRoute,
} from './contract.ts';
import { bulletinRoute, bulletinsRoute } from './bulletins/contract.ts';
import { bulletinList, bulletinOf } from './bulletins/service-bulletins.ts';
import { columnRoute } from './columns/contract.ts';
import { columnNames } from './columns/domain-columns.ts';
import { columnPage } from './columns/service-columns.ts';
import type { PortalContext } from './deps.ts';
import {
  itemsRoute,
  provisionRoute,
  provisionsRoute,
  standardRoute,
  standardsRoute,
  termsRoute,
  unconfirmedRoute,
} from './law/contract.ts';
import { type Readiness, readiness } from './service-health.ts';
import { directoryItems, instrumentDetail, instruments, portalLaw } from './service-law.ts';
import { placeNameOf } from './service-registered.ts';
import { search } from './service-search.ts';
import { sources } from './service-sources.ts';
import { recordById, sectionPage, subjectByCode, subjectById } from './service-subject.ts';
import {
  standardByName,
  standardHead,
  standardPage,
  standards,
  terms,
  unconfirmed,
} from './service-terms.ts';
import { refusalsInWords } from './words-refusals.ts';
import { personsAppear, refusedMatters } from './words-scope.ts';

/** Subjects, their records, search. */
function fileRoutes(context: PortalContext): Handled[] {
  return [
    handle(searchRoute, ({ q, page }) => search(context, q, page), 'day'),
    handle(
      subjectRoute,
      async ({ code }) => {
        const found = await subjectByCode(context, code, { page: 1 });
        return found.ok ? ok(found.value.view) : found;
      },
      'day',
    ),
    handle(
      subjectByIdRoute,
      async ({ id }) => {
        const found = await subjectById(context, id, { page: 1 });
        return found.ok ? ok(found.value.view) : found;
      },
      'day',
    ),
    handle(
      sectionRoute,
      async ({ code, section, page }) => {
        const found = await subjectByCode(context, code, { section, page });
        return found.ok ? ok(sectionPage(found.value.view, section, page)) : found;
      },
      'day',
    ),
    handle(
      sectionByIdRoute,
      async ({ id, section, page }) => {
        const found = await subjectById(context, id, { section, page });
        return found.ok ? ok(sectionPage(found.value.view, section, page)) : found;
      },
      'day',
    ),
    handle(
      recordRoute,
      async ({ id }) => {
        const found = await recordById(context, id);
        return found.ok ? ok(found.value.view) : found;
      },
      'day',
    ),
    handle(
      columnRoute,
      async ({ column, ...query }) => {
        const known = columnNames.find((name) => name === column);
        return known === undefined
          ? refuse('portal.no-such-column')
          : columnPage(context, known, query);
      },
      'day',
    ),
  ];
}

/** The law everything rests on. */
function lawHandlers(context: PortalContext): Handled[] {
  const now = () => portalLaw(context.law());
  return [
    handle(itemsRoute, async () => ok({ asOf: now().on, items: directoryItems(now()) }), 'day'),
    handle(
      provisionsRoute,
      async () => {
        const law = now();
        return ok({ asOf: law.on, instruments: instruments(law, await context.cityFacts()) });
      },
      'day',
    ),
    handle(
      provisionRoute,
      async ({ id }) => {
        const found = instrumentDetail(now(), id, await context.cityFacts());
        return found === null ? refuse('portal.no-such-instrument') : ok(found);
      },
      'day',
    ),
    handle(
      standardsRoute,
      async () => {
        const law = now();
        return ok({ asOf: law.on, standards: standards(law).map(standardHead) });
      },
      'day',
    ),
    handle(
      standardRoute,
      async ({ name }) => {
        const found = standardByName(now(), name);
        return found === null ? refuse('portal.no-such-standard') : ok(standardPage(found));
      },
      'day',
    ),
    handle(
      termsRoute,
      async () => {
        const law = now();
        return ok({ asOf: law.on, terms: terms(law, await context.cityFacts()) });
      },
      'day',
    ),
    handle(
      unconfirmedRoute,
      async () => {
        const law = now();
        return ok({ asOf: law.on, editions: unconfirmed(law, await context.cityFacts()) });
      },
      'day',
    ),
  ];
}

/** What is known of the platform itself. */
function aboutRoutes(context: PortalContext): Handled[] {
  return [
    handle(
      sourcesRoute,
      async () => ok(sources(portalLaw(context.law()), await context.cityFacts())),
      'day',
    ),
    handle(
      scopeRoute,
      async () => {
        const { jurisdiction, sample } = context.config;
        const name = placeNameOf(portalLaw(context.law()), jurisdiction);
        return ok({
          place: { code: jurisdiction, name },
          sample,
          refused: [...refusedMatters],
          persons: [...personsAppear],
        });
      },
      'day',
    ),
    handle(bulletinsRoute, async () => ok(await bulletinList(context)), 'day'),
    handle(bulletinRoute, ({ period }) => bulletinOf(context, period), 'day'),
    handle(problemsRoute, async () => ok({ problems: problems() }), 'day'),
  ];
}

function problems() {
  return Object.entries(refusalsInWords).map(([code, title]) => ({
    code,
    status: statusOf(code),
    title,
  }));
}

/** Every route of the public API with the use case behind it. */
export function apiRoutes(context: PortalContext): readonly Handled[] {
  return [...fileRoutes(context), ...lawHandlers(context), ...aboutRoutes(context)];
}

/** The OpenAPI document of the public audience. */
export function publicOpenApi(): Record<string, unknown> {
  return openApiOf(publicRoutes, {
    title: '信衡公共接口 / Xinheng public API',
    version: '1',
    description:
      '今天公示的组织信用信息，及其依据、理由和期限。只读，无须登录。 What is shown of organisations today, with basis, reason and term. Read only, no login.',
    prefix: publicPrefix,
  });
}

/** A refusal as problem details, in the words of platform and portal. */
export function tellProblem(refusal: Refusal, c: EdgeContext): Reply {
  const words = refusalsInWords[refusal.code] ?? { zh: refusal.code, en: refusal.code };
  return problemReply(refusal, fillRefusal(words, refusal.params), {
    trace: c.get('trace'),
    reference: `${publicPrefix}/problems`,
  });
}

/** Whether a path belongs to programs, so that a refusal is told as problem details and not as a page. */
export function isForPrograms(path: string): boolean {
  return /^\/(api\/|log\/|healthz$|readyz$|metrics$)/.test(path);
}

/** What mounting needs beside the context. */
export type ApiOptions = {
  readonly metrics: HttpMetrics;
  /** Proxies whose word about the reader's address counts. */
  readonly trustedProxies: Networks;
  /** Networks that may read `/metrics`; loopback unless an operator says otherwise. */
  readonly metricsFrom: Networks;
  /** Holds every answer to its contract: in tests and development. */
  readonly checkAnswers: boolean;
};

const bodyBytesMax = 64 * 1024;

/** Adds the public API with its document, and the addresses of operation, to an edge. */
export function mountApi(edge: Edge, context: PortalContext, options: ApiOptions): void {
  mount(edge, apiRoutes(context), {
    prefix: publicPrefix,
    bodyBytesMax,
    checkAnswers: options.checkAnswers,
    tell: tellProblem,
  });
  const document = JSON.stringify(publicOpenApi());
  edge.on('GET', `${publicPrefix}/openapi.json`, () => ({
    status: 200,
    type: 'application/json; charset=utf-8',
    body: document,
    cache: 'day',
  }));
  // Alive means: the process answers. Nothing behind it is asked.
  edge.on('GET', '/healthz', () => jsonReply({ alive: true }), { limited: false });
  const ready = rememberReadiness(context, readyKeepMs);
  edge.on(
    'GET',
    '/readyz',
    async () => {
      const found = await ready();
      return jsonReply(found, { status: found.ready ? 200 : statusOf('http.not-ready') });
    },
    { limited: false },
  );
  const networks = { trusted: options.trustedProxies, allowed: options.metricsFrom };
  edge.on('GET', '/metrics', (c) =>
    isFrom(c, networks)
      ? options.metrics.page()
      : tellProblem({ code: 'http.not-from-here', params: {} }, c),
  );
}

const readyKeepMs = 1_000;

/** Looks at most once in `keepMs`: health checks are not limited, and must not load the database. */
function rememberReadiness(context: PortalContext, keepMs: number): () => Promise<Readiness> {
  let known: { readonly atMs: number; readonly found: Promise<Readiness> } | null = null;
  return () => {
    const now = stopwatchMs();
    if (known === null || now - known.atMs >= keepMs) {
      known = { atMs: now, found: readiness(context) };
    }
    return known.found;
  };
}
