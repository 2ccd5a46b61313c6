/** Signing in over HTTP, on a real database: who gets in, who does not, and what is kept of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestInstallation, testInstallation } from '../../../tests/installation.ts';
import {
  type Office,
  officeOver,
  officePath,
  password,
  whoOf,
} from '../../../tests/office/office-city.ts';
import type { Instant } from '../../kernel/day.ts';
import { sql } from '../../platform/db/index.ts';

let city: TestInstallation;
let office: Office;
const start = '2026-06-01T02:00:00.000Z' as Instant;

beforeAll(async () => {
  city = await testInstallation();
  office = officeOver(city);
});
beforeEach(() => city.config.clock.set(start));
afterAll(() => city.drop());

describe('signing in', () => {
  it('takes a password and a second factor, and a code opens once', async () => {
    await office.account('clerk-1', ['data-clerk']);
    const { secret } = await office.enter('clerk-1');
    office.later(1);
    const first = await office.ask('POST', '/session', { body: { account: 'clerk-1', password } });
    expect(first.body['state']).toBe('second-factor');
    expect(first.body['permissions']).toEqual([]);
    const code = office.codeNow(secret);
    const wrong = await office.ask('POST', '/session/code', {
      who: whoOf(first),
      body: { code: code === '000000' ? '000001' : '000000' },
    });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'accounts.wrong-code']);
    const done = await office.ask('POST', '/session/code', { who: whoOf(first), body: { code } });
    expect([done.status, done.body['state']]).toEqual([200, 'open']);
    expect(done.body['permissions']).toContain('collection:collect');
    // The token from before the second factor is worth nothing any more.
    expect((await office.ask('GET', '/session', { who: whoOf(first) })).status).toBe(401);
    const again = await office.ask('POST', '/session', { body: { account: 'clerk-1', password } });
    const used = await office.ask('POST', '/session/code', { who: whoOf(again), body: { code } });
    expect(used.body.code).toBe('accounts.wrong-code');
  });

  it('says the same of a wrong password, an unknown, a disabled and a sample account', async () => {
    await office.account('clerk-2', ['data-clerk']);
    await office.account('gone-1', ['data-clerk']);
    await city.database.execute(
      sql`update accounts.account set disabled_at = now() where code = 'gone-1'`,
    );
    await office.account('sample-x', ['data-clerk']);
    await city.database.execute(
      sql`update accounts.account set sample = true where code = 'sample-x'`,
    );
    const told = [];
    for (const [code, given] of [
      ['clerk-2', 'not the password'],
      ['nobody-1', password],
      ['gone-1', password],
      ['sample-x', password],
      ['system', password],
    ] as const) {
      const { status, body } = await office.ask('POST', '/session', {
        body: { account: code, password: given },
      });
      told.push([status, body.code, body['title']]);
    }
    expect(new Set(told.map(String)).size).toBe(1);
    expect(told[0]!.slice(0, 2)).toEqual([401, 'accounts.wrong-credentials']);
  });

  it('locks after five failures, the right password too, and opens again by itself', async () => {
    await office.account('clerk-3', ['data-clerk']);
    const wrong = { body: { account: 'clerk-3', password: 'x' } };
    const right = { body: { account: 'clerk-3', password } };
    // All at once: those that come together are counted one after the other.
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => office.ask('POST', '/session', wrong)));
    const failures = await city.database.query(
      sql`select from accounts.sign_in_failure where account = 'clerk-3'`,
    );
    expect(failures).toHaveLength(5);
    expect(await office.ask('POST', '/session', right)).toMatchObject({
      ...{ status: 429, cookie: null },
      body: { code: 'accounts.locked', params: { minutes: 15 } },
    });
    expect((await office.events('locked')).map(({ account: code }) => code)).toContain('clerk-3');
    office.later(16);
    expect((await office.ask('POST', '/session', right)).status).toBe(200);
  });

  it('is not taken from a page of another site, nor anything without the token of the page', async () => {
    await office.account('clerk-4', ['data-clerk']);
    const body = { account: 'clerk-4', password };
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ]) {
      const refused = await office.ask('POST', '/session', { body, headers });
      expect([refused.status, refused.body.code]).toEqual([403, 'accounts.foreign-origin']);
    }
    const { who } = await office.enter('clerk-4');
    const forged = { ...who, csrf: 'x'.repeat(43) };
    expect(await office.ask('DELETE', '/session/current', { who: forged })).toMatchObject({
      ...{ status: 403, body: { code: 'accounts.bad-csrf' } },
    });
    expect((await office.ask('GET', '/session', { who })).status).toBe(200);
  });

  it('gives a cookie scripts and other sites can not use, and over TLS no other host', async () => {
    await office.account('clerk-5', ['data-clerk']);
    const plain = await office.app.request(`${officePath}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'clerk-5', password }),
    });
    expect(plain.headers.get('set-cookie')).toMatch(
      /^xinheng=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(plain.headers.get('cache-control')).toBe('no-store');
    const secure = await office.app.request(
      `${officePath}/session`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account: 'clerk-5', password }),
      },
      { incoming: { socket: { remoteAddress: '203.0.113.9', encrypted: true } } },
    );
    expect(secure.headers.get('set-cookie')).toMatch(/^__Host-xinheng=.*; Secure$/);
  });

  it('keeps no password, code, token or secret in the database', async () => {
    await office.account('clerk-6', ['data-clerk']);
    const { who, secret } = await office.enter('clerk-6');
    const token = who.cookie.split('=')[1]!;
    for (const table of ['credential', 'password_history', 'session', 'sign_in_failure']) {
      const [row] = await city.database.query<{ text: string }>(
        sql`select string_agg(t::text, ' ') as text from (
              select to_jsonb(c) as t from accounts.credential c where ${table} = 'credential'
              union all select to_jsonb(c) from accounts.password_history c where ${table} = 'password_history'
              union all select to_jsonb(c) from accounts.session c where ${table} = 'session'
              union all select to_jsonb(c) from accounts.sign_in_failure c
                where ${table} = 'sign_in_failure') all_rows`,
      );
      const text = row!.text ?? '';
      for (const told of [password, token, secret.toString('hex')]) {
        expect([table, text.includes(told)]).toEqual([table, false]);
      }
    }
  });
});

describe('a session', () => {
  it('ends after half an hour of nothing, and after twelve hours of work', async () => {
    await office.account('clerk-7', ['data-clerk']);
    const { who, secret } = await office.enter('clerk-7');
    office.later(29);
    expect((await office.ask('GET', '/session', { who })).status).toBe(200);
    office.later(31);
    const idle = await office.ask('GET', '/session', { who });
    expect(idle.body).toMatchObject({ code: 'accounts.session-over', params: { why: 'idle' } });
    const first = await office.ask('POST', '/session', { body: { account: 'clerk-7', password } });
    const again = await office.ask('POST', '/session/code', {
      who: whoOf(first),
      body: { code: office.codeNow(secret) },
    });
    const work = whoOf(again);
    for (let minutes = 0; minutes < 719; minutes += 25) {
      expect([minutes, (await office.ask('GET', '/session', { who: work })).status]).toEqual([
        minutes,
        200,
      ]);
      office.later(25);
    }
    expect((await office.ask('GET', '/session', { who: work })).body).toMatchObject({
      params: { why: 'too-old' },
    });
  });

  it('is listed with its device, and ended from another; a sixth one ends the oldest', async () => {
    await office.account('clerk-8', ['data-clerk']);
    const { who: oldest, secret } = await office.enter('clerk-8');
    const sessions = [oldest];
    for (let count = 0; count < 4; count += 1) {
      office.later(1);
      sessions.push(await office.enterAgain('clerk-8', secret));
    }
    const newest = sessions.at(-1)!;
    type Devices = { devices: { id: string; current: boolean; device: string }[] };
    const devices = async () =>
      ((await office.ask('GET', '/session/devices', { who: newest })).body as unknown as Devices)
        .devices;
    expect(await devices()).toHaveLength(5);
    expect((await devices())[0]).toMatchObject({ current: true, device: 'test browser' });
    const second = (await devices())[3]!;
    expect((await office.ask('DELETE', `/session/${second.id}`, { who: newest })).status).toBe(200);
    expect((await office.ask('GET', '/session', { who: sessions[1]! })).status).toBe(401);
    await office.account('clerk-9', ['data-clerk']);
    const { who: stranger } = await office.enter('clerk-9');
    const foreign = await office.ask('DELETE', `/session/${(await devices())[0]!.id}`, {
      who: stranger,
    });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'accounts.no-such-session']);
    for (let count = 0; count < 2; count += 1) {
      await office.ask('POST', '/session', { body: { account: 'clerk-8', password } });
    }
    expect((await office.ask('GET', '/session', { who: oldest })).status).toBe(401);
    const out = await office.ask('DELETE', '/session/current', { who: newest });
    expect([out.status, out.cookie]).toEqual([200, 'xinheng=']);
    expect((await office.ask('GET', '/session', { who: newest })).status).toBe(401);
  });

  it('taken over does not let the password be guessed: it locks as signing in does', async () => {
    await office.account('clerk-14', ['data-clerk']);
    const { who } = await office.enter('clerk-14');
    const choose = (old: string) =>
      office.ask('POST', '/password', { who, body: { old, password: 'other horse battery 9' } });
    for (let no = 0; no < 5; no += 1) {
      expect((await choose('wrong horse')).body.code).toBe('accounts.wrong-credentials');
    }
    expect((await choose(password)).body.code).toBe('accounts.locked');
    office.later(16);
    expect((await choose(password)).status).toBe(200);
  });

  it('with another password chosen goes on, and every other one of the account ends', async () => {
    await office.account('clerk-10', ['data-clerk']);
    const { who, secret } = await office.enter('clerk-10');
    office.later(1);
    const first = await office.ask('POST', '/session', { body: { account: 'clerk-10', password } });
    const other = whoOf(
      await office.ask('POST', '/session/code', {
        who: whoOf(first),
        body: { code: office.codeNow(secret) },
      }),
    );
    const change = (old: string, next: string) =>
      office.ask('POST', '/password', { who, body: { old, password: next } });
    expect((await change('wrong', 'another fine password')).body.code).toBe(
      'accounts.wrong-credentials',
    );
    expect((await change(password, password)).body.code).toBe('accounts.password-used');
    expect((await change(password, 'short')).body.code).toBe('accounts.password-too-short');
    const done = await change(password, 'another fine password');
    expect([done.status, done.body['state']]).toEqual([200, 'open']);
    expect((await office.ask('GET', '/session', { who: other })).status).toBe(401);
    expect((await office.ask('GET', '/session', { who: whoOf(done) })).status).toBe(200);
    const old = await office.ask('POST', '/session', { body: { account: 'clerk-10', password } });
    expect(old.status).toBe(401);
  });
});
