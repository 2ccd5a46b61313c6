/** Where letters go besides the space: given by whom it belongs to, shown in part, kept with its days. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ReadingCity,
  food,
  must,
  readingCity,
  trade,
} from '../../../tests/office/reading-city.ts';
import { addDays } from '../../kernel/day.ts';
import { sql } from '../../platform/db/index.ts';
import { makeOneTimeCode } from '../../trust/accounts/index.ts';
import { enterpriseDeps } from './index.ts';

type Who = { readonly account: string; readonly cookie: string; readonly csrf: string };
const password = 'correct horse battery';
let made: ReadingCity;
let holder: Who;
let other: Who;

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
  // Days stand in elements of their own, so that they do not break.
  const text = (await reply.text()).replace(/<\/?span[^>]*>/g, '');
  return { status: reply.status, text, cookie };
}

async function begun(path: string, form: Record<string, string>): Promise<Who> {
  const { cookie } = await ask('POST', path, null, { ...form, password, again: password });
  const { text } = await ask('GET', '/my', { account: '', csrf: '', cookie });
  return {
    cookie,
    account: /E-\w{4}-\w{4}-\w{4}/.exec(text)![0],
    csrf: /name="csrf" value="([^"]+)"/.exec(text)![1]!,
  };
}
const bound = (organisation: string) =>
  begun('/my/bind', {
    ...{ organisation, name: '办公室' },
    code: must(makeOneTimeCode(enterpriseDeps(made.city), organisation)),
  });

const contact = ({ code }: typeof food) => `/my/o/${code}/contact`;
const give = (who: Who, path: string, address: string, medium = 'mail') =>
  ask('POST', path, who, { medium, address });
const kept = async () => (await made.city.database.query(sql`select from notices.address`)).length;

beforeAll(async () => {
  made = await readingCity();
  holder = await bound(food.code);
  other = await bound(trade.code);
});
afterAll(() => made.city.drop());

describe('the address of an organisation', () => {
  it('is given by its holder, shown in part and nowhere in the clear', async () => {
    expect((await ask('GET', contact(food), holder)).text).toContain('还没有联系地址');
    expect((await give(holder, contact(food), ' office@firm.example.cn ')).status).toBe(303);
    const { text } = await ask('GET', contact(food), holder);
    expect(text).toContain('o***@firm.example.cn');
    expect(text).not.toContain('office@firm');
    expect((await give(holder, contact(food), '13800000000', 'mobile')).status).toBe(303);
    expect((await ask('GET', contact(food), holder)).text).not.toContain('13800000000');
  });

  it('is replaced by another and keeps its days; put out of use, it is used from then on no more', async () => {
    const first = made.city.clock.today();
    made.later(24 * 60);
    holder = await begun('/my/sign-in', { account: holder.account });
    other = await begun('/my/sign-in', { account: other.account });
    expect((await give(holder, contact(food), 'new@firm.example.cn')).status).toBe(303);
    const { text } = await ask('GET', contact(food), holder);
    expect(text).toContain(`${first} – ${first}`);
    expect(text).toContain(`${addDays(first, 1)}起`);
    const ended = await ask('POST', contact(food), holder, { medium: 'mail', do: 'end' });
    expect(ended.status).toBe(303);
    const after = await ask('GET', contact(food), holder);
    expect(after.text).not.toContain(`${addDays(first, 1)}起`);
    // The number is another medium: it stays.
    expect(after.text).toContain(`${first}起`);
  });

  it('is refused with what to write where it is none, and nothing is kept of it', async () => {
    const before = await kept();
    for (const address of [
      '',
      'x',
      'a@b',
      'a@b.cn\r\nBcc: c@d.cn',
      '办公室@firm.cn',
      'a'.repeat(9_000),
    ]) {
      const { status, text } = await give(holder, contact(food), address);
      expect([address, status]).toEqual([address, 422]);
      expect(text).toContain('邮箱须形如');
    }
    expect(await kept()).toBe(before);
  });

  it('is neither seen nor changed by another, by a delegate who may act, or without the token', async () => {
    const lastDay = addDays(made.city.clock.today(), 20);
    const named = { account: other.account, rights: 'act', lastDay };
    expect((await ask('POST', `/my/o/${food.code}/delegates`, holder, named)).status).toBe(303);
    const before = await kept();
    expect((await ask('GET', contact(food), other)).status).toBe(404);
    expect((await give(other, contact(food), 'mine@other.example.cn')).status).toBe(404);
    expect((await ask('GET', contact(trade), holder)).status).toBe(404);
    expect((await give(holder, contact(trade), 'mine@other.example.cn')).status).toBe(404);
    const forged = { ...holder, csrf: 'x' };
    expect((await give(forged, contact(food), 'a@firm.example.cn')).status).toBe(403);
    expect(await kept()).toBe(before);
  });

  it('is changed a few times a day, and every change is an event', async () => {
    let last = 0;
    for (let no = 0; no < 8 && last !== 422; no += 1) {
      last = (await give(holder, contact(food), `a${no}@firm.example.cn`)).status;
    }
    expect(last).toBe(422);
    const { text } = await give(holder, contact(food), 'late@firm.example.cn');
    expect(text).toContain('请明天再改');
    const events = await made.city.database.query<{ account: string }>(
      sql`select distinct e.account from audit.event e where e.kind = 'notice-address'`,
    );
    expect(events).toEqual([{ account: holder.account }]);
  });
});

describe('letters and the address of an account', () => {
  it('are there for whoever was named a delegate, and for nobody else', async () => {
    const { text } = await ask('GET', '/my/letters', other);
    expect(text).toContain(`您被组织${food.code}委托`);
    const id = /letters\/([0-9a-f-]{36})/.exec(text)![1]!;
    expect((await ask('GET', `/my/letters/${id}`, other)).text).toContain('最后一日');
    for (const [method, path] of [
      ['GET', `/my/letters/${id}`],
      ['POST', `/my/letters/${id}/acknowledge`],
      ['GET', `/my/o/${food.code}/letters/${id}`],
    ] as const) {
      expect([path, (await ask(method, path, holder)).status]).toEqual([path, 404]);
      expect([path, (await ask(method, path, null)).status]).toEqual([path, 303]);
    }
    expect((await ask('POST', `/my/letters/${id}/acknowledge`, other)).status).toBe(303);
    expect((await ask('GET', `/my/letters/${id}`, other)).text).toContain('已确认收到');
  });

  it('are its own: what is given for an account is not given for its organisation', async () => {
    expect((await give(other, '/my/contact', 'me@trade.example.cn')).status).toBe(303);
    expect((await ask('GET', '/my/contact', other)).text).toContain('m***@trade.example.cn');
    expect((await ask('GET', contact(trade), other)).text).not.toContain('trade.example.cn');
    expect((await ask('GET', '/my/contact', holder)).text).not.toContain('trade.example.cn');
  });
});
