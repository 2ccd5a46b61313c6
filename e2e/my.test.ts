/** The space of an organisation in a real browser: bind with a one-time code, read, let in and put out. */
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appOver } from '../src/app/server.ts';
import { enterpriseDeps } from '../src/answers/my/index.ts';
import { addDays } from '../src/kernel/day.ts';
import { assert } from '../src/kernel/result.ts';
import { makeOneTimeCode } from '../src/trust/accounts/index.ts';
import { axe, screenshot } from './browser.ts';
import { food, trade } from './portal-city.ts';
import { cityNow, desk, journeys, newPage, overflow, phone } from './portal-journeys.ts';

journeys();

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const password = 'correct horse battery';
let server: ServerType;
let origin: string;

beforeAll(async () => {
  const app = appOver(cityNow().installation, { rate: null, checkAnswers: true });
  await new Promise<void>((listening) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) => {
      origin = `http://127.0.0.1:${info.port}`;
      listening();
    });
  });
});
afterAll(() => new Promise((closed) => server.close(closed)));

/** Posts a form, and waits for what comes after it. */
async function send(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(button)]);
}

async function bound(of: typeof food, size: typeof phone) {
  const page = await newPage(size, false);
  const code = makeOneTimeCode(enterpriseDeps(cityNow().installation), of.code);
  assert(code.ok, 'a sample city makes codes');
  await page.goto(`${origin}/my/bind`);
  expect(await axe(page, rules)).toEqual([]);
  await page.fill('[name=organisation]', of.code);
  await page.fill('[name=code]', code.value);
  await page.fill('[name=name]', '办公室');
  await page.fill('[name=password]', password);
  await page.fill('[name=again]', password);
  await send(page, 'form.post button');
  const account = /E-\w{4}-\w{4}-\w{4}/.exec(await page.locator('main').innerText())![0];
  return { page, account };
}

test('binds with a one-time code, reads the file and the journal, names and ends a delegate', async () => {
  const { page, account } = await bound(food, phone);
  const { page: desktop, account: other } = await bound(trade, desk);
  const space = `/my/o/${food.code}`;
  for (const path of [
    '/my',
    `${space}/file`,
    `${space}/ends`,
    `${space}/journal`,
    `${space}/letters`,
  ]) {
    for (const prefix of ['', '/en']) {
      await page.goto(`${origin}${prefix}${path}`);
      expect([path, prefix, await axe(page, rules)]).toEqual([path, prefix, []]);
      expect([path, prefix, await overflow(page)]).toEqual([path, prefix, 0]);
    }
  }
  for (const size of [desk, phone]) {
    await page.setViewportSize(size);
    for (const path of [
      ...['/my', '/my/letters', '/my/contact'],
      ...['file', 'ends', 'journal', 'letters', 'contact', 'delegates'].map(
        (one) => `${space}/${one}`,
      ),
    ]) {
      await page.goto(`${origin}${path}`);
      expect([path, size.width, await axe(page, rules)]).toEqual([path, size.width, []]);
      const name = path.startsWith('/my/o/') ? 'my' : 'my-account';
      await screenshot(page, `${name}-${path.split('/').at(-1)!}-${size.width}`);
    }
  }
  await page.goto(`${origin}${space}/letters`);
  await Promise.all([page.waitForEvent('load'), page.locator('main table a').first().click()]);
  expect(await axe(page, rules)).toEqual([]);
  await screenshot(page, `my-letter-${phone.width}`);
  await send(page, 'form.post button');
  expect(await page.locator('main').innerText()).toContain('已确认收到');
  expect(await axe(page, rules)).toEqual([]);
  await page.goto(`${origin}${space}/contact`);
  await page.fill('#f-mail', 'office@firm.example.cn');
  await send(page, 'form.post:has(#f-mail) button');
  expect(await page.locator('main table').innerText()).toContain('o***@firm.example.cn');
  expect(await axe(page, rules)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await screenshot(page, `my-contact-given-${phone.width}`);
  await page.goto(`${origin}${space}/file`);
  // Past its time and shown to nobody else: its subject reads it.
  expect(await page.locator('main').innerText()).toContain('样密罚〔2021〕1号');
  const last = addDays(cityNow().installation.clock.today(), 30);
  await page.goto(`${origin}${space}/delegates`);
  await page.fill('[name=account]', other);
  await page.fill('[name=lastDay]', last);
  await send(page, 'form.post:last-of-type button');
  expect(await page.locator('main').innerText()).toContain(other);
  expect(await axe(page, rules)).toEqual([]);
  await desktop.goto(`${origin}${space}/file`);
  expect(await axe(desktop, rules)).toEqual([]);
  expect(await desktop.locator('h1').innerText()).toContain('完整信用档案');
  await send(page, 'table form.post button');
  expect(await page.locator('main').innerText()).not.toContain(other);
  expect((await desktop.goto(`${origin}${space}/file`))!.status()).toBe(404);
  await page.goto(`${origin}/my`);
  await send(page, 'table form.post button');
  expect(page.url()).toBe(`${origin}/my/sign-in`);
  expect(await axe(page, rules)).toEqual([]);
  await page.fill('[name=account]', account);
  await page.fill('[name=password]', password);
  await send(page, 'form.post button');
  expect(page.url()).toBe(`${origin}/my`);
  await Promise.all([page.close(), desktop.close()]);
});
