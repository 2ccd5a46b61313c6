/**
 * What the server answers until it can answer everything: the address works from the first second, and
 * whoever opens it sees what is being done. Status 503, so that programs wait and search engines do not
 * keep the page; it reloads itself without a script.
 */
import type { Hono } from 'hono';
import type { Clock } from '../platform/clock.ts';
import {
  type EdgeEnv,
  type Reply,
  jsonReply,
  loopback,
  makeEdge,
  readNetworks,
} from '../platform/http/index.ts';
import { assert } from '../kernel/result.ts';
import { renderDocument } from '../ui/document.tsx';
import { type Language, languageOf, readerOf } from '../ui/reader.ts';
import { assets } from '../ui/style.ts';

/** What the server is doing before it is ready. `null` while it is no longer a matter of steps. */
export type Waiting = {
  readonly doing: { readonly zh: string; readonly en: string };
  readonly done: number;
  readonly steps: number;
};

const reloadSeconds = 2;
const addressCharsMax = 4_096;

const words = {
  title: { zh: '正在准备', en: 'Getting ready' },
  lead: {
    zh: '信衡正在启动，准备好后本页自动显示首页，不需要任何操作。',
    en: 'Xinheng is starting. This page turns into the home page by itself; there is nothing to do.',
  },
  sample: {
    zh: '首次启动时建立样例城市：虚构的单位和主体，全部数据经过真实的归集流程。',
    en: 'On first start a sample city is built: invented offices and organisations, all through the real collection pipeline.',
  },
} as const;

function drawWaiting(lang: Language, { doing, done, steps }: Waiting): string {
  const r = readerOf(lang, false);
  return renderDocument({
    r,
    title: `${r.say(words.title)} · 信衡`,
    siteName: '信衡',
    description: r.say(words.lead),
    robots: 'noindex',
    languages: null,
    children: (
      <main className="wide">
        <h1>{r.say(words.title)}</h1>
        <p className="lead">{r.say(words.lead)}</p>
        <p role="status">
          {r.say(doing)}
          {steps > 0 ? ` ${done} / ${steps}` : ''}
        </p>
        {steps > 0 ? (
          <p>
            <progress max={steps} value={done} aria-label={r.say(words.title)} />
          </p>
        ) : null}
        {steps > 0 ? <p className="quiet">{r.say(words.sample)}</p> : null}
      </main>
    ),
  });
}

function waitingReply(path: string, now: Waiting): Reply {
  const headers = { 'retry-after': String(reloadSeconds) };
  const { doing, done, steps } = now;
  if (/^\/(api|readyz|metrics|log)(\/|$)/.test(path)) {
    const problem = { type: 'about:blank', code: 'http.not-ready', ready: false, done, steps };
    const body = { ...problem, title: doing.zh, detail: doing.en, status: 503 };
    const type = 'application/problem+json; charset=utf-8';
    return { ...jsonReply(body, { status: 503, type }), headers };
  }
  return {
    status: 503,
    type: 'text/html; charset=utf-8',
    body: drawWaiting(languageOf(path).lang, now),
    cache: 'none',
    headers: { ...headers, refresh: String(reloadSeconds) },
  };
}

/** The app that stands in until the portal is there. */
export function waitingApp(clock: Clock, now: () => Waiting): Hono<EdgeEnv> {
  const trusted = readNetworks(loopback);
  assert(trusted.ok, 'loopback is a network');
  const edge = makeEdge({
    clock,
    log: { access: () => undefined, fault: () => undefined },
    metrics: { observe: () => undefined, page: () => Promise.reject(new Error('not ready')) },
    trustedProxies: trusted.value,
    rate: null,
    addressCharsMax,
    tell: (_refusal, c) => waitingReply(c.req.path, now()),
  });
  edge.on('GET', '/healthz', () => jsonReply({ alive: true }));
  for (const { path, type, body } of assets) {
    edge.on('GET', path, () => ({ status: 200, type, body, cache: 'fixed' }));
  }
  return edge.close();
}
