import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Instant } from '../../kernel/day.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { fixedClock } from '../clock.ts';
import {
  type AccessEntry,
  type EdgeOptions,
  defineRoute,
  fillRefusal,
  handle,
  httpRefusals,
  isFrom,
  jsonReply,
  loopback,
  makeEdge,
  makeHttpLog,
  makeHttpMetrics,
  makeRateLimiter,
  mount,
  problemReply,
  readNetworks,
} from './index.ts';

const networks = (...texts: string[]) => {
  const read = readNetworks(texts);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
};

const greet = defineRoute({
  method: 'GET',
  path: '/greet/{name}',
  audience: 'public',
  needs: null,
  summary: '问候',
  summaryEn: 'Greet',
  input: z.object({
    name: z.string().min(2).max(20),
    times: z.coerce.number().int().min(1).max(3).default(1),
    tone: z.enum(['plain', 'warm']).optional(),
  }),
  output: z.strictObject({ text: z.string() }),
  refusals: ['greet.no-such-person'],
});
const write = defineRoute({
  method: 'POST',
  path: '/letters/{id}',
  audience: 'public',
  needs: null,
  summary: '写信',
  summaryEn: 'Write',
  input: z.object({ id: z.string(), text: z.string().max(100) }),
  output: z.strictObject({ id: z.string(), length: z.number().int() }),
  refusals: [],
});

const log: { entries: AccessEntry[]; faults: unknown[] } = { entries: [], faults: [] };
beforeEach(() => {
  log.entries = [];
  log.faults = [];
});

const tell: EdgeOptions['tell'] = (refusal, c) =>
  problemReply(
    refusal,
    fillRefusal(httpRefusals[refusal.code] ?? { zh: '拒绝', en: 'No' }, refusal.params),
    { trace: c.get('trace'), reference: '/problems' },
  );

const held = 'h'.repeat(43);

function app(options: Partial<EdgeOptions> = {}) {
  const edge = makeEdge({
    clock: fixedClock('2026-06-01T02:00:00.000Z' as Instant),
    log: {
      access: (entry) => log.entries.push(entry),
      fault: (_trace, error) => log.faults.push(error),
    },
    metrics: makeHttpMetrics(),
    trustedProxies: networks(),
    rate: null,
    addressCharsMax: 500,
    tell,
    ...options,
  });
  const handlers = [
    handle(
      greet,
      async ({ name, times }) => {
        if (name === 'nobody') return refuse('greet.no-such-person');
        if (name === 'unlisted') return refuse('greet.unlisted' as never);
        if (name === 'wrong') return ok({ text: 1 } as never);
        if (name === 'broken') throw new Error('the secret 110101199003077758 of the machine');
        return ok({ text: `${name} `.repeat(times).trim() });
      },
      'day',
    ),
    handle(write, async ({ id, text }) => ok({ id, length: text.length })),
  ];
  mount(edge, handlers, { prefix: '/v1', bodyBytesMax: 200, checkAnswers: true, tell });
  edge.on('GET', '/free', () => jsonReply({}), { limited: false });
  edge.on('GET', '/held', (c) => {
    if (c.req.header('cookie') === `xinheng=${held}`) c.set('session', held);
    return jsonReply({});
  });
  const inner = { trusted: networks('10.0.0.0/8'), allowed: networks(...loopback, '192.0.2.0/24') };
  edge.on('GET', '/inner', (c) => jsonReply({ inside: isFrom(c, inner) }));
  return edge.close();
}

type Asked = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly from?: string;
};

function ask(target: ReturnType<typeof app>, path: string, asked: Asked = {}) {
  const { from, ...init } = asked;
  const env = from === undefined ? {} : { incoming: { socket: { remoteAddress: from } } };
  return target.request(path, init, env);
}

async function problem(target: ReturnType<typeof app>, path: string, asked: Asked = {}) {
  const reply = await ask(target, path, asked);
  expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  const body = (await reply.json()) as { status: number; code: string; title: string };
  expect(body.status).toBe(reply.status);
  return body as typeof body & { titleEn: string; params: Record<string, unknown>; type: string };
}

describe('a parameter that does not fit', () => {
  it.each([
    ['/v1/greet/a', 'name', '至少2个字符的文字', 'text of at least 2 characters'],
    [
      `/v1/greet/${'a'.repeat(21)}`,
      'name',
      '不超过20个字符的文字',
      'text of at most 20 characters',
    ],
    ['/v1/greet/anna?times=zz', 'times', '数字', 'a number'],
    ['/v1/greet/anna?times=1.5', 'times', '整数', 'an integer'],
    ['/v1/greet/anna?times=0', 'times', '不小于1的数', 'at least 1'],
    ['/v1/greet/anna?times=4', 'times', '不大于3的数', 'at most 3'],
    ['/v1/greet/anna?tone=rude', 'tone', 'plain、warm之一', 'one of plain, warm'],
  ])('%s is refused with place, reason and remedy', async (path, field, zh, en) => {
    const told = await problem(app(), path);
    expect(told).toMatchObject({ status: 400, code: 'http.bad-request', params: { field } });
    expect(told.title).toBe(`请求的参数“${field}”不正确：应为${zh}。请改正后重试。`);
    expect(told.titleEn).toContain(`it must be ${en}. Correct it`);
  });

  it('is never repeated in the answer', async () => {
    const reply = await ask(app(), '/v1/greet/anna?tone=%3Cscript%3Ealert(1)%3C/script%3E');
    expect(await reply.text()).not.toContain('script');
  });

  it('of a name the contract does not know is passed over', async () => {
    const reply = await ask(app(), '/v1/greet/anna?colour=red&__proto__=x&constructor=y');
    expect(await reply.json()).toEqual({ text: 'anna' });
  });

  it('given twice counts once, and a name of the path can not be given again', async () => {
    const reply = await ask(app(), '/v1/greet/anna?times=2&times=9&name=evil');
    expect(await reply.json()).toEqual({ text: 'anna anna' });
  });
});

describe('a body', () => {
  const json = { 'content-type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = json) =>
    problem(app(), '/v1/letters/7', { method: 'POST', headers, body });

  it('is read with the parameters of the path', async () => {
    const reply = await ask(app(), '/v1/letters/7', {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"text":"好","id":"8"}',
    });
    expect(await reply.json()).toEqual({ id: '7', length: 1 });
  });

  it('that is no JSON object is refused, whatever it calls itself', async () => {
    for (const body of ['', '{', '[]', 'null', '"text"', '1']) {
      expect(await post(body), body).toMatchObject({ status: 415, code: 'http.not-json' });
    }
    expect(await post('{"text":"x"}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
    });
    expect(await post('{"text":"x"}', { 'content-type': 'application/jsonp' })).toMatchObject({
      code: 'http.not-json',
    });
  });

  it('too large is refused by what it says and by what it is, and the limit is told', async () => {
    const large = JSON.stringify({ text: 'x'.repeat(300) });
    expect(await post(large)).toMatchObject({ status: 413, params: { most: 200 } });
    const told = { ...json, 'content-length': '99999' };
    expect(await post('{"text":"x"}', told)).toMatchObject({ code: 'http.body-too-large' });
  });

  it('lacking a field is refused by its name', async () => {
    expect(await post('{}')).toMatchObject({ status: 400, params: { field: 'text' } });
  });
});

describe('what no route takes', () => {
  it('is told as such', async () => {
    expect(await problem(app(), '/nowhere')).toMatchObject({ status: 404, code: 'http.not-found' });
    expect(await problem(app(), '/v1/greet/nobody')).toMatchObject({
      status: 404,
      code: 'greet.no-such-person',
      type: '/problems#greet.no-such-person',
    });
  });

  it('a wrong method names the right ones', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'BREW']) {
      const reply = await ask(app(), '/v1/greet/anna', { method });
      expect(reply.status, method).toBe(405);
      expect(reply.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    }
    const options = await ask(app(), '/v1/letters/7', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  it('HEAD is GET without its body', async () => {
    const reply = await ask(app(), '/v1/greet/anna', { method: 'HEAD' });
    expect([reply.status, await reply.text()]).toEqual([200, '']);
    expect(Number(reply.headers.get('content-length'))).toBeGreaterThan(0);
  });

  it('an address too long is refused before it is read', async () => {
    const told = await problem(app(), `/v1/greet/anna?q=${'x'.repeat(500)}`);
    expect(told).toMatchObject({ status: 414, params: { most: 500 } });
  });
});

describe('a fault', () => {
  it('goes to the log, and nothing of it to the reader but its number', async () => {
    const reply = await ask(app(), '/v1/greet/broken');
    const text = await reply.text();
    expect(reply.status).toBe(500);
    expect(text).not.toMatch(/secret|110101|Error|edge\.ts/);
    expect(JSON.parse(text)).toMatchObject({ code: 'http.fault' });
    expect(log.faults).toHaveLength(1);
  });

  it('is what an unlisted refusal and an answer against its contract are', async () => {
    expect(await problem(app(), '/v1/greet/unlisted')).toMatchObject({ status: 500 });
    expect(await problem(app(), '/v1/greet/wrong')).toMatchObject({ status: 500 });
  });

  it('in telling a refusal still ends in an answer, with its headers', async () => {
    const target = app({
      tell: () => {
        throw new Error('no words');
      },
    });
    const reply = await ask(target, '/nowhere');
    expect(reply.status).toBe(500);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(log.faults).toHaveLength(2);
  });

  it('of the database keeps its values out of the log', () => {
    const lines: string[] = [];
    const { fault } = makeHttpLog('error', { write: (line) => void lines.push(line) });
    const error = Object.assign(new Error('invalid input syntax: "110101199003077758"'), {
      code: '22P02',
      detail: '110101199003077758',
    });
    fault('trace', error);
    expect(lines.join('')).toContain('database error 22P02');
    expect(lines.join('')).not.toContain('110101199003077758');
  });
});

describe('every answer', () => {
  const paths = ['/v1/greet/anna', '/v1/greet/a', '/nowhere', '/v1/greet/broken', '/free'];

  it('carries the headers that keep browsers from doing more than they should', async () => {
    for (const path of paths) {
      const { headers } = await ask(app(), path);
      expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none'; /);
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|script-src|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toBe(null);
    }
  });

  it('asks for encryption only where the connection is encrypted, on a trusted proxy’s word', async () => {
    const target = app({ trustedProxies: networks('10.0.0.1') });
    const headers = { 'x-forwarded-proto': 'https' };
    const ofProxy = await ask(target, '/free', { headers, from: '10.0.0.1' });
    const ofStranger = await ask(target, '/free', { headers, from: '203.0.113.1' });
    expect(ofProxy.headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(ofStranger.headers.get('strict-transport-security')).toBe(null);
  });

  it('is written down by the pattern of its route, never by what was asked', async () => {
    await ask(app(), '/v1/greet/anna?times=2', { from: '203.0.113.9' });
    await ask(app(), '/secret-place?q=110101199003077758', { method: 'BREW' });
    expect(log.entries.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/v1/greet/:name', 200],
      ['OTHER', '-', 404],
    ]);
    expect(JSON.stringify(log.entries)).not.toMatch(/anna|secret|110101|203\.0\.113/);
  });
});

describe('the rate limit at the edge', () => {
  const limited = (trusted = networks()) => {
    const rate = makeRateLimiter({ burst: 2, perSecond: 0.1, addressesMax: 100 }, () => 0);
    return app({ rate, trustedProxies: trusted });
  };

  it('refuses one too many with the time to wait, and leaves others and health alone', async () => {
    const target = limited();
    const from = '203.0.113.9';
    for (const status of [200, 200, 429]) {
      expect((await ask(target, '/v1/greet/anna', { from })).status).toBe(status);
    }
    const refused = await ask(target, '/v1/greet/anna', { from });
    expect(refused.headers.get('retry-after')).toBe('10');
    expect((await ask(target, '/v1/greet/anna', { from: '203.0.113.10' })).status).toBe(200);
    expect((await ask(target, '/free', { from })).status).toBe(200);
    expect((await ask(target, '/nowhere', { from })).status).toBe(429);
  });

  it('can not be escaped by inventing forwarded addresses', async () => {
    const statuses: number[] = [];
    const target = limited();
    for (let n = 0; n < 4; n += 1) {
      const headers = { 'x-forwarded-for': `198.51.100.${n}` };
      statuses.push((await ask(target, '/v1/greet/anna', { headers, from: '203.0.113.9' })).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
  });

  it('counts whoever has a session that held alone, not with the others of the address', async () => {
    const target = limited();
    const from = '203.0.113.9';
    const get = async (cookie: string) =>
      (await ask(target, '/held', { from, headers: { cookie } })).status;
    expect(await get(`xinheng=${held}`)).toBe(200);
    expect(await get('other=1')).toBe(200);
    expect(await get('other=1')).toBe(429);
    expect(await get(`xinheng=${'i'.repeat(43)}`)).toBe(429);
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push(await get(`n=${n}; xinheng=${held}`));
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('counts readers whose address a proxy hides as that proxy', async () => {
    const target = limited(networks('10.0.0.1'));
    const headers = { 'x-forwarded-for': 'unknown' };
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      statuses.push((await ask(target, '/v1/greet/anna', { headers, from: '10.0.0.1' })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});

describe('an address for some networks only', () => {
  const inside = async (from: string | undefined, headers: Record<string, string> = {}) => {
    const reply = await ask(app(), '/inner', from === undefined ? {} : { from, headers });
    return ((await reply.json()) as { inside: boolean }).inside;
  };

  it('is open to loopback and the networks named, to nobody else', async () => {
    expect(await inside('127.0.0.1')).toBe(true);
    expect(await inside('::ffff:127.0.0.1')).toBe(true);
    expect(await inside('192.0.2.5')).toBe(true);
    expect(await inside('203.0.113.5')).toBe(false);
    expect(await inside(undefined)).toBe(false);
  });

  it('is shut to what a proxy nobody trusts passes on, although it stands on this machine', async () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      expect(await inside('127.0.0.1', { [name]: '127.0.0.1' }), name).toBe(false);
    }
  });

  it('follows a trusted proxy’s word, and only where it gives one', async () => {
    expect(await inside('10.0.0.1', { 'x-forwarded-for': '192.0.2.5' })).toBe(true);
    expect(await inside('10.0.0.1', { 'x-forwarded-for': '127.0.0.1, 203.0.113.5' })).toBe(false);
    expect(await inside('10.0.0.1', { 'x-forwarded-for': 'unknown' })).toBe(false);
    expect(await inside('10.0.0.1', { via: '1.1 proxy' })).toBe(false);
  });
});

describe('whatever is sent', () => {
  it('is answered without a fault, and never repeated unescaped', async () => {
    const target = app();
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '%00',
        '%E0%A4',
        '../../etc/passwd',
        '‮',
        '"><img>',
      ),
    );
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'BREW');
    await fc.assert(
      fc.asyncProperty(part, part, part, method, async (name, key, value, verb) => {
        const query = `${encodeURIComponent(key.replace(/\p{Cs}/gu, '\ufffd'))}=${value.replace(/[#\s]/g, '')}`;
        const path = `/v1/greet/${encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd'))}?${query}`;
        const reply = await ask(target, path, { method: verb });
        const text = await reply.text();
        expect(reply.status).toBeLessThan(500);
        expect(reply.headers.get('content-type') ?? 'application/json').toMatch(/json|plain/);
        if (reply.status !== 200) expect(text).not.toMatch(/<|passwd/);
      }),
      { numRuns: 300 },
    );
    expect(log.faults).toEqual([]);
  });
});
