/** Letters to an organisation in its space: who reads them, who says that they came, and who has none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ReadingCity,
  food,
  must,
  readingCity,
  trade,
} from '../../../tests/office/reading-city.ts';
import { addDays } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { deliverDepsOf } from '../../app/notices.ts';
import { makeOneTimeCode } from '../../trust/accounts/index.ts';
import { deliverNotices, letterWith } from '../../trust/notices/index.ts';
import { enterpriseDeps } from './index.ts';

type Who = { readonly account: string; readonly cookie: string; readonly csrf: string };
const password = 'correct horse battery';
let made: ReadingCity;
let holder: Who;
let other: Who;
let letter: string;

async function ask(method: 'GET' | 'POST', path: string, who: Who | null, form = {}) {
  const sent = new URLSearchParams({ csrf: who?.csrf ?? '', ...form }).toString();
  const reply = await made.office.app.request(path, {
    method,
    headers: {
      ...(who === null ? {} : { cookie: who.cookie }),
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(method === 'POST' ? { body: sent } : {}),
  });
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: reply.status, text: await reply.text(), cookie };
}

async function bound(organisation: string): Promise<Who> {
  const code = must(makeOneTimeCode(enterpriseDeps(made.city), organisation));
  const form = { organisation, code, name: '办公室', password, again: password };
  const { cookie } = await ask('POST', '/my/bind', null, form);
  const { text } = await ask('GET', '/my', { account: '', csrf: '', cookie });
  return {
    cookie,
    account: /E-\w{4}-\w{4}-\w{4}/.exec(text)![0],
    csrf: /name="csrf" value="([^"]+)"/.exec(text)![1]!,
  };
}

const lettersOf = ({ code }: typeof food) => `/my/o/${code}/letters`;
const happened = async () =>
  must(await letterWith(made.city.database, letter as Id)).events.map(({ kind }) => kind);

beforeAll(async () => {
  made = await readingCity();
  holder = await bound(food.code);
  other = await bound(trade.code);
  const { text } = await ask('GET', lettersOf(food), holder);
  letter = /letters\/([0-9a-f-]{36})/.exec(text)![1]!;
});
afterAll(() => made.city.drop());

describe('a letter to an organisation', () => {
  it('lies in its space, where its holder finds it, and is delivered there', async () => {
    const { text } = await ask('GET', lettersOf(food), holder);
    expect(text).toContain(`组织${food.code}已绑定账户`);
    expect(text).toContain('未读');
    await deliverNotices(deliverDepsOf(made.city), {
      onTrouble: (error) => {
        throw error;
      },
    });
    const { events } = must(await letterWith(made.city.database, letter as Id));
    expect(events.filter(({ channel }) => channel === 'my').map(({ kind }) => kind)).toEqual([
      'delivered',
    ]);
  });

  it('is not there for another organisation, nor for one without a session, by any way', async () => {
    const before = await happened();
    const path = `${lettersOf(trade)}/${letter}`;
    for (const [method, address] of [
      ['GET', path],
      ['POST', `${path}/acknowledge`],
      ['GET', `${lettersOf(food)}/${letter}`],
      ['POST', `${lettersOf(food)}/${letter}/acknowledge`],
    ] as const) {
      expect([address, (await ask(method, address, other)).status]).toEqual([address, 404]);
      expect([address, (await ask(method, address, null)).status]).toEqual([address, 303]);
    }
    for (const id of ['x', '%00', `${letter}0`]) {
      expect((await ask('GET', `${lettersOf(food)}/${id}`, holder)).status).toBe(404);
    }
    expect(await happened()).toEqual(before);
  });

  it('is read by a delegate who may only look, and acknowledged by none such', async () => {
    const lastDay = addDays(made.city.clock.today(), 20);
    const named = { account: other.account, rights: 'read', lastDay };
    expect((await ask('POST', `/my/o/${food.code}/delegates`, holder, named)).status).toBe(303);
    const seen = await ask('GET', `${lettersOf(food)}/${letter}`, other);
    expect(seen.status).toBe(200);
    expect(seen.text).not.toContain('/acknowledge');
    const path = `${lettersOf(food)}/${letter}/acknowledge`;
    expect((await ask('POST', path, other)).status).toBe(404);
    expect(await happened()).not.toContain('acknowledged');
  });

  it('is proved to have come by its holder, once, and only with the token of the page', async () => {
    const path = `${lettersOf(food)}/${letter}/acknowledge`;
    expect((await ask('POST', path, { ...holder, csrf: 'x' })).status).toBe(403);
    expect(await happened()).not.toContain('acknowledged');
    expect((await ask('POST', path, holder)).status).toBe(303);
    const { text } = await ask('GET', `${lettersOf(food)}/${letter}`, holder);
    expect(text).toContain('已确认收到');
    expect(text).not.toContain('/acknowledge');
    expect((await ask('POST', path, holder)).status).toBe(409);
    expect((await happened()).filter((kind) => kind === 'acknowledged')).toHaveLength(1);
  });
});
