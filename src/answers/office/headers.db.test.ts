/** What every answer carries, wherever it comes from; where readers are sent; what is taken of odd text. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestInstallation, testInstallation } from '../../../tests/installation.ts';
import { type Office, type Who, officeOver, unit } from '../../../tests/office/office-city.ts';
import { sql } from '../../platform/db/index.ts';
import { officeRoutes } from './index.ts';

let city: TestInstallation;
let office: Office;
let security: Who;

beforeAll(async () => {
  city = await testInstallation();
  office = officeOver(city);
  await office.account('hd-security', ['security-administrator']);
  security = (await office.enter('hd-security')).who;
});
afterAll(() => city.drop());

describe('every answer', () => {
  const pages = ['/', '/search?q=x', '/my/sign-in', '/my', '/office/', '/office/accounts', '/none'];
  const others = [
    ...['/api/public/v1/scope', '/api/public/v1/none', '/api/office/v1/session'],
    ...['/api/office/v1/openapi.json', '/api/office/v1/none', '/log/checkpoint', '/robots.txt'],
    ...['/office/files/none.js', '/feeds', '/sitemap.xml', '/health/live'],
  ];

  it('says what browsers may not do with it, a refusal and a file like a page', async () => {
    for (const path of [...pages, ...others]) {
      const { headers } = await office.app.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) {
        expect([path, rule, policy.includes(rule)]).toEqual([path, rule, true]);
      }
      expect([path, policy]).toEqual([path, expect.not.stringMatching(/unsafe-|https?:|\*/)]);
      const scripts = policy.includes('script-src');
      expect([path, scripts]).toEqual([path, scripts && path.startsWith('/office/')]);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect([path, headers.get('x-frame-options')]).toEqual([path, 'DENY']);
      expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer']);
      expect([path, headers.get('cross-origin-resource-policy')]).toEqual([path, 'same-origin']);
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null]);
      expect([path, headers.get('server'), headers.get('x-powered-by')]).toEqual([
        ...[path, null, null],
      ]);
    }
  });

  it('of the office and of an organisation’s space is kept by no browser and no proxy', async () => {
    for (const path of ['/my', '/my/sign-in', '/my/o/x/file', '/office/', '/office/accounts']) {
      const { headers } = await office.app.request(path);
      expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
    for (const { path, method } of officeRoutes.filter(({ method: one }) => one === 'GET')) {
      const asked = path.replaceAll(/\{\w+\}/g, 'x');
      const { headers } = await office.app.request(`/api/office/v1${asked}`, { method });
      expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
  });

  it('names its type and its letters where it has a body', async () => {
    for (const path of [...pages, ...others]) {
      const reply = await office.app.request(path);
      if ((await reply.text()) === '') continue;
      expect([path, reply.headers.get('content-type')]).toEqual([
        path,
        expect.stringMatching(/charset=utf-8$/),
      ]);
    }
  });

  it('sets no cookie that another host could have set, once the connection is encrypted', async () => {
    const over = (encrypted: boolean) => ({
      incoming: { socket: { remoteAddress: '203.0.113.9', encrypted } },
    });
    const cookieOf = async (encrypted: boolean) =>
      (await office.app.request('/type/large', {}, over(encrypted))).headers.get('set-cookie');
    expect(await cookieOf(true)).toMatch(/^__Host-type=large; Path=\/; .*HttpOnly; .*; Secure$/);
    expect(await cookieOf(false)).toMatch(/^type=large; Path=\/; .*HttpOnly; SameSite=Lax$/);
    for (const cookie of ['type=large', '__Host-type=large']) {
      const page = await (await office.app.request('/', { headers: { cookie } })).text();
      const plain = await (await office.app.request('/')).text();
      expect([cookie, page === plain]).toEqual([cookie, false]);
    }
  });

  it('sends nobody to another site, whatever the address says', async () => {
    const away = [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '%2F%2Fevil.example',
    ];
    const asked = away.flatMap((to) => [
      ...[`/${to}`, `/en/${to}`, `/my/${to}`, `/office/${to}`, `/type/large?back=${to}`],
      ...[`/office?return=${to}`, `/my?next=${to}`, `/my/sign-in?return=${to}`, `/search?q=${to}`],
      ...[`/api/office/v1/session/oidc/callback?return=${to}`],
    ]);
    const led = [];
    for (const path of asked) {
      const reply = await office.app.request(`http://localhost${path}`);
      const to = reply.headers.get('location');
      if (to === null) continue;
      led.push(to);
      expect([path, new URL(to, 'http://localhost/').origin]).toEqual([path, 'http://localhost']);
    }
    expect(led.length).toBeGreaterThan(5);
  });
});

describe('text that steers terminals or ends strings', () => {
  const odd = ['\u0000', '\u001b[2K', '\u0007', '\u007f', 'a\u000bb'];

  it('is refused in every field, and nothing of it reaches the audit', async () => {
    for (const text of odd) {
      const tried = [
        await office.ask('POST', '/session', { body: { account: `a${text}`, password: 'x' } }),
        await office.ask('POST', '/session', { body: { account: 'nobody-1', password: text } }),
        await office.ask('POST', '/accounts/nobody-1/disable', {
          ...{ who: security, body: { reason: `x${text}` } },
        }),
        await office.ask('POST', '/accounts/new-1/changes', {
          who: security,
          body: { wanted: { name: text, unit, positions: ['data-clerk'] }, reason: 'x' },
        }),
        await office.ask('POST', `/accounts/x${encodeURIComponent(text)}y/reset`, {
          ...{ who: security, body: { reason: 'x' } },
        }),
      ];
      expect(tried.map(({ status, body }) => [status, body.code])).toEqual(
        tried.map(() => [400, 'http.bad-request']),
      );
    }
    const [kept] = await city.database.query<{ odd: number }>(sql`
      select count(*)::int as odd from audit.event e
      where e::text ~ ${'[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]'} or e::text ~ '\\\\u00[01]'`);
    expect(kept!.odd).toBe(0);
  });

  it('is left out of forms and of what a browser calls itself', async () => {
    const headers = { 'user-agent': 'x\u001b[31m\u009byz' };
    const body = { account: 'nobody-2', password: 'x' };
    expect((await office.ask('POST', '/session', { body, headers })).status).toBe(401);
    const form = await office.app.request('/my/sign-in', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: `account=E-2222%00%1b&password=%00`,
    });
    expect(form.status).toBe(401);
    const [kept] = await city.database.query<{ devices: string[]; accounts: string[] }>(sql`
      select array_agg(distinct detail ->> 'device') as devices, array_agg(distinct account) as accounts
      from audit.event where kind = 'sign-in-refused'`);
    expect(kept!.devices).toContain('x[31myz');
    expect(kept!.accounts).toContain('E-2222');
  });
});
