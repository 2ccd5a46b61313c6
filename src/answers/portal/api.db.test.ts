import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ApiCity,
  apiOver,
  fill,
  food,
  lightPenaltyOf,
  owner,
  penaltyOf,
  recordIds,
  shop,
  subjectId,
} from '../../../tests/portal/api-city.ts';
import { publishedBulletinOf } from '../../../tests/portal/bulletin.ts';
import { problemsOf } from '../../../tests/portal/json-schema.ts';
import { testInstallation } from '../../../tests/installation.ts';
import type { Route } from '../../platform/http/index.ts';
import { publicOpenApi } from './api.ts';
import { publicPrefix, publicRoutes } from './contract.ts';

let api: ApiCity;
let good: Map<string, string>;
beforeAll(async () => {
  api = apiOver(await testInstallation({ confirmAll: true }));
  await fill(api.city, [penaltyOf(food), lightPenaltyOf(food)]);
  await publishedBulletinOf(api.city, '2026-05');
  const record = (await recordIds(api.city, food.code)).get('样罚〔2026〕1号')!;
  const id = await subjectId(api.city, food.code);
  good = new Map([
    ['/search', '/search?q=%E6%A0%B7%E4%BE%8B'],
    ['/subjects/{code}', `/subjects/${food.code}`],
    ['/subjects/id/{id}', `/subjects/id/${id}`],
    ['/subjects/{code}/records', `/subjects/${food.code}/records?section=administration`],
    ['/subjects/id/{id}/records', `/subjects/id/${id}/records?section=administration&page=1`],
    ['/records/{id}', `/records/${record}`],
    ['/publicity/{column}', '/publicity/penalty'],
    ['/bulletins', '/bulletins'],
    ['/bulletins/{period}', '/bulletins/2026-05'],
    ['/items', '/items'],
    ['/provisions', '/provisions'],
    ['/provisions/{id}', '/provisions/administrative-penalty-law'],
    ['/standards', '/standards'],
    ['/standards/{name}', '/standards/cf-legal@2019'],
    ['/terms', '/terms'],
    ['/unconfirmed', '/unconfirmed'],
    ['/sources', '/sources'],
    ['/scope', '/scope'],
    ['/problems', '/problems'],
  ]);
});
afterAll(() => api.city.drop());

const addressOf = (route: Route) => publicPrefix + good.get(route.path)!;
const document = publicOpenApi();

/** Who may ask today: nobody is logged in anywhere yet. */
const roles = [
  { role: 'anonymous', from: undefined },
  { role: 'loopback', from: '127.0.0.1' },
  { role: 'foreign network', from: '203.0.113.9' },
];

/** Holds a reply to the schema its own OpenAPI document gives for its status. */
async function held(route: Route, reply: Response): Promise<unknown> {
  const paths = document['paths'] as Record<string, Record<string, { responses: object }>>;
  const operation = paths[route.path]![route.method.toLowerCase()]!;
  const responses = operation.responses as Record<
    string,
    { content: Record<string, { schema: object }> }
  >;
  const described = responses[String(reply.status)];
  expect(described, `${route.path} ${reply.status} is in the document`).toBeDefined();
  const type = reply.headers.get('content-type')!.split(';')[0]!;
  const body: unknown = await reply.json();
  expect(problemsOf(document, described!.content[type]!.schema, body)).toEqual([]);
  return body;
}

describe.each(publicRoutes.map((route) => [route.path, route as Route] as const))(
  'GET %s',
  (_path, route) => {
    it.each(roles)('is open to $role, and answers as its document says', async ({ from }) => {
      const reply = await api.ask(addressOf(route), from === undefined ? {} : { from });
      expect(reply.status).toBe(200);
      expect(reply.headers.get('cache-control')).toMatch(/^public, max-age=60, must-revalidate$/);
      await held(route, reply);
    });

    it('answers a second time with "not changed"', async () => {
      const first = await api.ask(addressOf(route));
      const headers = { 'if-none-match': first.headers.get('etag')! };
      expect((await api.ask(addressOf(route), { headers })).status).toBe(304);
    });

    it('takes no other method, from whomever', async () => {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
        for (const { from } of roles) {
          const reply = await api.ask(addressOf(route), {
            method,
            body: '{}',
            headers: { 'content-type': 'application/json' },
            ...(from === undefined ? {} : { from }),
          });
          expect(reply.status).toBe(405);
          expect(reply.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
        }
      }
      expect((await api.ask(addressOf(route), { method: 'HEAD' })).status).toBe(200);
    });

    it('refuses an address that is too long before anything is read', async () => {
      const join = addressOf(route).includes('?') ? '&' : '?';
      const reply = await api.ask(`${addressOf(route)}${join}x=${'x'.repeat(5_000)}`);
      expect(reply.status).toBe(414);
      await held(route, reply);
    });

    it('passes over parameters it does not name', async () => {
      const join = addressOf(route).includes('?') ? '&' : '?';
      const plain = await (await api.ask(addressOf(route))).text();
      const more = `${addressOf(route)}${join}role=admin&__proto__[x]=1&asOf=2020-01-01&debug`;
      expect(await (await api.ask(more)).text()).toBe(plain);
    });
  },
);

const named = publicRoutes.filter(({ path }) => path.includes('{')) as Route[];
describe('what can not be found', () => {
  it.each(named.map((route) => [route.path, route] as const))(
    '%s is refused as its document says',
    async (path, route) => {
      for (const wrong of ['none', '0190a000-0000-7000-8000-000000000000', '..%2F..', '%00']) {
        const address = publicPrefix + path.replace(/\{\w+\}/, wrong);
        const reply = await api.ask(`${address}?section=administration`);
        expect(reply.status, wrong).toBe(404);
        await held(route, reply);
      }
    },
  );
});

describe('a parameter that does not fit', () => {
  it.each([
    ['/search', 'q'],
    [`/search?q=${'x'.repeat(2_001)}`, 'q'],
    ['/search?q=ab&page=0', 'page'],
    ['/search?q=ab&page=6', 'page'],
    ['/search?q=ab&page=', 'page'],
    ['/search?q=ab&page=1.5', 'page'],
    ['/search?q=ab&page=NaN', 'page'],
    [`/subjects/${'x'.repeat(65)}`, 'code'],
    [`/subjects/${food.code}/records`, 'section'],
    [`/subjects/${food.code}/records?section=everything`, 'section'],
    [`/subjects/${food.code}/records?section=judicial&page=10001`, 'page'],
    [`/subjects/id/${'x'.repeat(65)}`, 'id'],
    [`/records/${'x'.repeat(65)}`, 'id'],
    [`/provisions/${'x'.repeat(121)}`, 'id'],
    [`/standards/${'x'.repeat(121)}`, 'name'],
  ])('%s is refused with its name', async (path, field) => {
    const reply = await api.ask(publicPrefix + path);
    expect(reply.status).toBe(400);
    const body = (await reply.json()) as { code: string; params: object; title: string };
    expect(body).toMatchObject({ code: 'http.bad-request', params: { field } });
    expect(body.title).toMatch(/应为.+。请改正后重试。$/);
  });
});

describe('addresses of operation', () => {
  it('health is told to everybody, readiness names what is missing and nothing else', async () => {
    for (const { from } of roles) {
      const asked = from === undefined ? {} : { from };
      expect(await api.json('/healthz', asked)).toEqual({ alive: true });
      const ready = await api.ask('/readyz', asked);
      expect([ready.status, await ready.json()]).toEqual([
        200,
        { ready: true, checks: { database: true, migrations: true, rulebook: true } },
      ]);
      expect(ready.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('figures are for loopback only, and hold no path anybody asked for', async () => {
    await api.ask('/some-secret-path?q=13812345678');
    const own = await api.ask('/metrics', { from: '127.0.0.1' });
    const text = await own.text();
    expect(own.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toMatch(/xinheng_http_requests_total\{.*route="\/api\/public\/v1\/search"/);
    expect(text).not.toMatch(/some-secret-path|13812345678|91320100/);
    for (const asked of [
      {},
      { from: '203.0.113.9' },
      { from: '127.0.0.1', headers: { 'x-forwarded-for': '127.0.0.1' } },
    ]) {
      const reply = await api.ask('/metrics', asked);
      expect(reply.status).toBe(403);
      expect(await reply.json()).toMatchObject({ code: 'http.not-from-here' });
    }
  });

  it('an unknown address is told as such', async () => {
    for (const path of ['/api/public/v1', '/api/public/v1/', '/api/public/v2/search', '/api/x']) {
      expect(await api.json(path)).toMatchObject({ status: 404, code: 'http.not-found' });
    }
  });
});

describe('what is refused', () => {
  it('is listed under the address that every refusal names', async () => {
    const { problems } = await api.json<{
      problems: { code: string; status: number; title: { zh: string } }[];
    }>(`${publicPrefix}/problems`);
    const listed = new Map(problems.map(({ code, status }) => [code, status]));
    for (const { refusals } of publicRoutes) {
      for (const code of refusals) expect(listed.has(code), code).toBe(true);
    }
    const refused = await api.json<{ type: string; status: number; code: string }>(
      `${publicPrefix}/subjects/none`,
    );
    expect(refused.type).toBe(`${publicPrefix}/problems#portal.no-such-subject`);
    expect(listed.get(refused.code)).toBe(refused.status);
  });
});

describe('all answers together', () => {
  it('hold nothing of what is hidden, and no name of a person', async () => {
    for (const route of publicRoutes) {
      const text = await (await api.ask(addressOf(route))).text();
      expect(text, route.path).not.toMatch(/不应公示的内容|样例人|样罚〔2026〕2号/);
      if (route.path === '/search') {
        expect(text).not.toContain(owner.name);
        expect(text).not.toContain(shop.name);
      }
    }
  });

  it('came without a fault', () => {
    expect(api.faults).toEqual([]);
  });
});
