/** Every id an organisation's space takes, tried with another's: as if nothing were there, nothing changed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type ReadingCity,
  food,
  must,
  readingCity,
  trade,
} from '../../../tests/office/reading-city.ts';
import { importOrganisations } from '../../../tests/installation.ts';
import { sampleOrganisationCode, sampleUscc } from '../../app/sample-city/codes.ts';
import { sql } from '../../platform/db/index.ts';
import { delegatesOf, makeOneTimeCode } from '../../trust/accounts/index.ts';
import { enterpriseDeps, myRoutes } from './index.ts';

type Who = { readonly account: string; readonly cookie: string; readonly csrf: string };
const password = 'correct horse battery';
const never = '01890000-0000-7000-8000-000000000000';
let made: ReadingCity;
let delegate: Who;
let stranger: Who;
let theirs: { readonly holder: Who; readonly session: string; readonly delegation: string };
const third = {
  name: '样例市样例旁观有限公司',
  code: sampleUscc('91', sampleOrganisationCode('MA', 71)),
};

async function ask(method: string, path: string, who?: Who, form: Record<string, string> = {}) {
  const reply = await made.office.app.request(path, {
    method,
    headers: {
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...(who === undefined ? {} : { cookie: who.cookie }),
    },
    ...(method === 'POST'
      ? { body: new URLSearchParams({ csrf: who?.csrf ?? '', ...form }).toString() }
      : {}),
  });
  const text = await reply.text();
  const set = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: reply.status, text, set, to: reply.headers.get('location') };
}

async function bound(organisation: string): Promise<Who> {
  const code = must(makeOneTimeCode(enterpriseDeps(made.city), organisation));
  const form = { organisation, code, name: '办公室', password, again: password };
  const { set: cookie } = await ask('POST', '/my/bind', undefined, form);
  const { text } = await ask('GET', '/my', { cookie, account: '', csrf: '' });
  return {
    cookie,
    account: /E-\w{4}-\w{4}-\w{4}/.exec(text)![0],
    csrf: /name="csrf" value="([^"]+)"/.exec(text)![1]!,
  };
}

const kept = () =>
  made.city.database.query(sql`
    select (select md5(string_agg(d::text, '|' order by d::text)) from accounts.delegation d) as delegations,
           (select count(*)::int from accounts.session where ended_at is null) as sessions,
           (select count(*)::int from accounts.account) as accounts`);

beforeAll(async () => {
  made = await readingCity();
  await importOrganisations(made.city, [third]);
  const holder = await bound(food.code);
  delegate = await bound(trade.code);
  stranger = await bound(third.code);
  const [session] = await made.city.database.query<{ id: string }>(
    sql`select id from accounts.session where account = ${holder.account}`,
  );
  const form = { account: delegate.account, rights: 'read', lastDay: made.city.clock.today() };
  expect((await ask('POST', `/my/o/${food.code}/delegates`, holder, form)).status).toBe(303);
  const [named] = await delegatesOf(made.city, food.code);
  theirs = { holder, session: session!.id, delegation: named!.id };
});
afterAll(() => made.city.drop());

it('another’s is told like what is not there, by whatever route, and nothing changes', async () => {
  const before = await kept();
  const named = myRoutes.filter(({ path }) => path.includes(':'));
  expect(named.length).toBeGreaterThan(6);
  const form = { account: delegate.account, rights: 'act', lastDay: made.city.clock.today() };
  for (const { method, path } of named) {
    const names = [...path.matchAll(/:(\w+)/g)].map((found) => found[1]!);
    // A name that is not known here has to be thought of here.
    for (const name of names) expect(['organisation', 'id']).toContain(name);
    const foreign = {
      organisation: food.code,
      id: path.includes('/sessions/') ? theirs.session : theirs.delegation,
    };
    const none = { organisation: '91329900MAXXNEVER0', id: never };
    for (const name of names) {
      const told = [];
      for (const ids of [foreign, { ...foreign, [name]: none[name as 'id'] }]) {
        const address = path.replace(':organisation', ids.organisation).replace(':id', ids.id);
        const { status, text } = await ask(method, address, stranger, form);
        told.push([status, text.replaceAll(address, '').replace(/[0-9a-f-]{36}/g, '')]);
      }
      const which = `${method} ${path} ${name}`;
      expect([which, told[0]![0]]).toEqual([which, 404]);
      expect([which, /<h1>.*<\/main>/s.exec(String(told[0]![1]))?.[0]]).toEqual([
        ...[which, /<h1>.*<\/main>/s.exec(String(told[1]![1]))?.[0]],
      ]);
    }
  }
  expect(await kept()).toEqual(before);
});

it('under one’s own organisation another’s delegation is not there either', async () => {
  const before = await kept();
  for (const id of [theirs.delegation, never, 'x', '%00']) {
    const path = `/my/o/${third.code}/delegates/${id}/end`;
    expect([id, (await ask('POST', path, stranger)).status]).toEqual([id, 404]);
  }
  expect(await kept()).toEqual(before);
  // Nor to a delegate of that very organisation; to its holder it is.
  const path = `/my/o/${food.code}/delegates/${theirs.delegation}/end`;
  expect((await ask('POST', path, delegate)).status).toBe(404);
  expect((await ask('POST', path, theirs.holder)).status).toBe(303);
  const own = await ask('POST', `/my/sessions/${theirs.session}/end`, theirs.holder);
  expect([own.status, own.to]).toEqual([303, '/my/sign-in']);
});
