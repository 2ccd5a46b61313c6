/** The space of an organisation: who proves it, whom it lets in, and what is told to nobody else. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestInstallation } from '../../../tests/installation.ts';
import {
  type ReadingCity,
  food,
  must,
  readingCity,
  trade,
  units,
} from '../../../tests/office/reading-city.ts';
import { type Day, type Instant, addDays } from '../../kernel/day.ts';
import { sql } from '../../platform/db/index.ts';
import { readSubjectRecords } from '../../archive/records/index.ts';
import { delegatesOf, makeOneTimeCode } from '../../trust/accounts/index.ts';
import { enterpriseDeps, myRoutes } from './index.ts';

type Who = { readonly account: string; cookie: string; csrf: string };
type Got = { status: number; body: string; cookie: string | null; location: string | null };

const password = 'correct horse battery';
let made: ReadingCity;
let city: TestInstallation;

async function ask(method: string, path: string, sent: Record<string, unknown> = {}): Promise<Got> {
  const {
    cookie,
    form = {},
    headers = {},
  } = sent as {
    cookie?: string;
    form?: Record<string, string>;
    headers?: Record<string, string>;
  };
  const reply = await made.office.app.request(path, {
    method,
    headers: {
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    ...(method === 'POST' ? { body: new URLSearchParams(form).toString() } : {}),
  });
  const set = reply.headers.get('set-cookie');
  return {
    status: reply.status,
    body: await reply.text(),
    cookie: set === null ? null : set.split(';')[0]!,
    location: reply.headers.get('location'),
  };
}

const codeFor = (organisation: string) => must(makeOneTimeCode(enterpriseDeps(city), organisation));
const bindForm = (organisation: string, code: string) => ({
  ...{ organisation, code, name: '办公室', password, again: password },
});
const bind = (organisation: string, code: string) =>
  ask('POST', '/my/bind', { form: bindForm(organisation, code) });

async function whoOf({ cookie }: Got): Promise<Who> {
  const { body } = await ask('GET', '/my', { cookie: cookie! });
  return {
    cookie: cookie!,
    account: /E-\w{4}-\w{4}-\w{4}/.exec(body)![0],
    csrf: /name="csrf" value="([^"]+)"/.exec(body)![1]!,
  };
}

const post = (who: Who, path: string, form: Record<string, string> = {}) =>
  ask('POST', path, { cookie: who.cookie, form: { csrf: who.csrf, ...form } });
const space = (of = food) => `/my/o/${of.code}`;
const name = (holder: Who, account: string, rights: string, lastDay: string) =>
  post(holder, `${space()}/delegates`, { account, rights, lastDay });

let holder: Who;
let other: Who;

async function signIn(account: string): Promise<Who> {
  return whoOf(await ask('POST', '/my/sign-in', { form: { account, password } }));
}

beforeAll(async () => {
  made = await readingCity();
  city = made.city;
});
afterAll(() => city.drop());

describe('binding an organisation', () => {
  it('takes a code once, for its own organisation, unforged and in its time', async () => {
    const code = codeFor(food.code);
    expect((await bind(trade.code, code)).body).toContain('绑定码不正确');
    const read = JSON.parse(Buffer.from(code, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...read, organisation: trade.code }));
    expect((await bind(trade.code, forged.toString('base64url'))).body).toContain('绑定码不正确');
    expect((await bind(food.code, 'nonsense')).status).toBe(422);
    const before = await bind(food.code, code);
    expect([before.status, before.location]).toEqual([303, '/my']);
    holder = await whoOf(before);
    expect((await bind(food.code, code)).body).toContain('绑定码已经用过');
    // The same claim in other letters is the same code.
    const rewritten = Buffer.from(JSON.stringify({ ...read, more: 1 })).toString('base64url');
    expect((await bind(food.code, rewritten)).body).toContain('绑定码已经用过');
    const late = codeFor(trade.code);
    const inTime = codeFor(trade.code);
    other = await whoOf(await bind(trade.code, inTime));
    made.later(72 * 60);
    expect((await bind(trade.code, late)).body).toContain('绑定码已经过期');
    [holder, other] = [await signIn(holder.account), await signIn(other.account)];
  });

  it('is offered by no way outside sample installations', () => {
    const real = { ...city, config: { ...city.config, sample: false } };
    expect(makeOneTimeCode(enterpriseDeps(real), food.code)).toMatchObject({
      refusal: { code: 'enterprise.sample-only' },
    });
    expect(enterpriseDeps(real).proof).toBeNull();
  });
});

describe('an account of an enterprise', () => {
  it('is never an officer, and an officer never one of an enterprise', async () => {
    const officer = await made.signedIn('my-officer', 'own', 'case-officer');
    const token = officer.cookie.split('=')[1]!;
    const asEnterprise = await ask('GET', '/my', { cookie: `xinheng-my=${token}` });
    expect([asEnterprise.status, asEnterprise.location]).toEqual([303, '/my/sign-in']);
    const own = holder.cookie.split('=')[1]!;
    const who = { cookie: `xinheng=${own}`, csrf: holder.csrf };
    expect((await made.office.ask('GET', '/session', { who })).status).toBe(401);
    expect((await made.office.givePassword(holder.account, password)).status).toBe(401);
    const asOfficer = { account: 'my-officer', password };
    expect((await ask('POST', '/my/sign-in', { form: asOfficer })).status).toBe(401);
    await expect(
      city.database.execute(
        sql`update accounts.account set positions = '{case-officer}' where code = ${holder.account}`,
      ),
    ).rejects.toThrow('enterprise_holds_no_position');
  });

  it('is locked after five failures, and takes no form from another site or without its token', async () => {
    const wrong = { account: other.account, password: 'wrong horse' };
    for (let no = 0; no < 5; no += 1) {
      expect((await ask('POST', '/my/sign-in', { form: wrong })).status).toBe(401);
    }
    const right = { account: other.account, password };
    expect((await ask('POST', '/my/sign-in', { form: right })).status).toBe(429);
    made.later(16);
    other = await signIn(other.account);
    holder = await signIn(holder.account);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await ask('POST', '/my/sign-in', { form: right, headers })).status).toBe(403);
    const bare = { cookie: holder.cookie, form: { account: other.account } };
    expect((await ask('POST', `${space()}/delegates`, bare)).status).toBe(403);
    const stolen = { ...holder, csrf: other.csrf };
    expect((await post(stolen, `${space()}/delegates`)).status).toBe(403);
  });
});

describe('a delegate', () => {
  it('sees the file to the end of its last day in UTC+8, and not after', async () => {
    const last = addDays(city.clock.today(), 3);
    expect((await name(holder, other.account, 'read', last)).status).toBe(303);
    city.config.clock.set(`${last}T15:59:00.000Z` as Instant);
    other = await signIn(other.account);
    expect((await ask('GET', `${space()}/file`, other)).status).toBe(200);
    city.config.clock.set(`${last}T16:00:00.000Z` as Instant);
    expect((await ask('GET', `${space()}/file`, other)).status).toBe(404);
    holder = await signIn(holder.account);
  });

  it('is out at the next request once it is ended, and is named within the limit only', async () => {
    const today = city.clock.today();
    expect((await name(holder, other.account, 'read', addDays(today, 367))).status).toBe(422);
    expect((await name(holder, other.account, 'read', addDays(today, -1))).status).toBe(422);
    expect((await name(holder, 'my-officer', 'read', today)).status).toBe(404);
    expect((await name(holder, holder.account, 'read', today)).status).toBe(404);
    expect((await name(holder, other.account, 'act', today)).status).toBe(303);
    expect((await ask('GET', `${space()}/journal`, other)).status).toBe(200);
    const [one] = await delegatesOf(city, food.code);
    // The other's organisation knows nothing of it.
    expect((await post(other, `${space(trade)}/delegates/${one!.id}/end`)).status).toBe(404);
    expect((await post(holder, `${space()}/delegates/${one!.id}/end`)).status).toBe(303);
    expect((await ask('GET', `${space()}/journal`, other)).status).toBe(404);
    const events = await made.office.events('delegate-ended');
    expect(events.map(({ account }) => account)).toEqual([holder.account]);
  });
});

describe('the own file', () => {
  it('tells what falls away as the archive has its windows', async () => {
    const { body } = await ask('GET', `${space()}/ends`, holder);
    const today = city.clock.today();
    const views = await readSubjectRecords(city, [made.idOf(food.code)], today, null);
    const expected = views.flatMap(({ windows, open }) =>
      Object.entries(windows).flatMap(([channel, spans]) =>
        spans.flatMap(({ from, until }) =>
          until !== null && from <= today && today < until && open[channel as 'show']
            ? [addDays(until, -1)]
            : [],
        ),
      ),
    );
    expect(expected.length).toBeGreaterThan(0);
    const leads = [...body.matchAll(/<th scope="row"[^>]*>(?:<span[^>]*>)?([\d-]{10})/g)];
    expect(leads.map((found) => found[1] as Day)).toEqual([...expected].sort());
  });

  it('has in its journal who read it; a deferred reading from its day on only', async () => {
    const today = city.clock.today();
    const from = addDays(today, 10);
    const officer = await made.signedIn('my-reader', 'sibling', 'case-officer');
    const reviewer = await made.signedIn('my-reviewer', 'sibling', 'case-reviewer');
    const body = {
      ...{ purpose: 'inspection', matter: '样例检查-1', toldFrom: from },
      ...{ provision: 'sample-inspection-rules#9', reason: '检查开始前告知将妨碍检查' },
    };
    const deferral = `/subjects/${made.idOf(food.code)}/deferrals`;
    const deferred = await made.office.ask('POST', deferral, { who: reviewer, body });
    expect(deferred.status).toBe(200);
    const read = await made.office.ask('POST', '/readings', {
      who: officer,
      body: { subject: food.code, purpose: 'inspection', matter: '样例检查-1' },
    });
    expect([read.status, read.body.code]).toEqual([200, undefined]);
    holder = await signIn(holder.account);
    expect((await ask('GET', `${space()}/journal`, holder)).body).toContain('没有可以告知的查询');
    city.config.clock.set(`${from}T04:00:00.000Z` as Instant);
    holder = await signIn(holder.account);
    const then = (await ask('GET', `${space()}/journal`, holder)).body;
    expect(then).toContain('样例sibling');
    expect(units.sibling.code).not.toBe(units.own.code);
  });
});

it('changes its password by the old one; every other device is signed out', async () => {
  const [here, there] = [await signIn(other.account), await signIn(other.account)];
  const fresh = 'another horse, another battery';
  const change = (old: string, again = fresh) =>
    post(here, '/my/password', { old, password: fresh, again });
  expect((await change(password, 'something else')).status).toBe(422);
  expect((await change('not the password at all')).status).toBe(401);
  expect((await ask('POST', '/my/password', { cookie: here.cookie, form: {} })).status).toBe(403);
  const done = await change(password);
  expect([done.status, done.location]).toEqual([303, '/my']);
  expect(done.cookie).not.toBe(here.cookie);
  expect((await ask('GET', '/my', { cookie: there.cookie })).location).toBe('/my/sign-in');
  const now = await whoOf(done);
  const same = { old: fresh, password: fresh, again: fresh };
  expect((await post(now, '/my/password', same)).status).toBe(422);
  const form = { account: other.account, password: fresh };
  expect((await ask('POST', '/my/sign-in', { form })).location).toBe('/my');
  const back = { old: fresh, password, again: password };
  expect((await post(now, '/my/password', back)).location).toBe('/my');
});

it('lets in by the matrix, and answers everything else as if nothing were there', async () => {
  const file = resolve(import.meta.dirname, '../../../tests/my-matrix.json');
  const matrix = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  delete matrix['note'];
  const byRoute = matrix;
  expect(myRoutes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    Object.keys(byRoute).sort(),
  );
  const firms = ['1', '2', '3'].map((no) => ({ name: `样例市样例${no}号有限公司`, no }));
  const { sampleOrganisationCode, sampleUscc } = await import('../../app/sample-city/codes.ts');
  const { importOrganisations } = await import('../../../tests/installation.ts');
  const known = firms.map((firm, index) => ({
    ...{ name: firm.name, code: sampleUscc('91', sampleOrganisationCode('MA', 40 + index)) },
  }));
  await importOrganisations(city, known);
  const bound: Who[] = [];
  for (const { code } of known) bound.push(await whoOf(await bind(code, codeFor(code))));
  const [reads, acts, expired] = bound as [Who, Who, Who];
  const today = city.clock.today();
  await name(holder, reads.account, 'read', addDays(today, 20));
  await name(holder, acts.account, 'act', addDays(today, 20));
  await name(holder, expired.account, 'act', today);
  city.config.clock.set(`${addDays(today, 1)}T04:00:00.000Z` as Instant);
  const officer = await made.signedIn('my-officer-2', 'own', 'case-officer');
  const callers: Record<string, Who> = {
    holder: await signIn(holder.account),
    'delegate-read': await signIn(reads.account),
    'delegate-act': await signIn(acts.account),
    'expired-delegate': await signIn(expired.account),
    'other-holder': await signIn(other.account),
    officer: { account: '', ...officer },
    nobody: { account: '', cookie: '', csrf: '' },
  };
  const away = new Set<string>();
  for (const [route, wanted] of Object.entries(byRoute)) {
    const [method, pattern] = route.split(' ') as [string, string];
    const id = '01890000-0000-7000-8000-000000000000';
    const path = pattern.replace(':organisation', food.code).replace(':id', id);
    for (const [caller, who] of Object.entries(callers)) {
      const form = {
        ...{ account: 'E-2222-2222-2222', lastDay: '2026-01-01', rights: 'read' },
        ...{ organisation: food.code, code: 'nonsense' },
      };
      const got =
        method === 'GET' ? await ask('GET', path, who) : await post(who, path, { ...form });
      const isForm = path.endsWith('/delegates') && method === 'POST';
      const told =
        got.status === 303 && got.location === '/my/sign-in'
          ? 'sign-in'
          : got.status === 404
            ? 'away'
            : got.status === 200 || (isForm && got.status === 422)
              ? 'page'
              : 'refused';
      expect([route, caller, told]).toEqual([route, caller, wanted[caller]]);
      if (told === 'away') away.add(/<h1>.*<\/main>/s.exec(got.body)![0]);
    }
  }
  expect(away.size).toBe(1);
});
