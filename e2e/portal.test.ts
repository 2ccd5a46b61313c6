/**
 * Journeys through the public portal: a real browser, a real database, the real services. Chinese at
 * 360 px first, because that is how most people come.
 */
import { describe, expect, test } from 'vitest';
import type { Instant } from '../src/kernel/day.ts';
import { openDatabase } from '../src/platform/db/index.ts';
import { makeRateLimiter } from '../src/platform/http/index.ts';
import { portalApp } from '../src/answers/portal/index.ts';
import { food, hidden, known, owner, personalNumber, quiet, shop, trade } from './portal-city.ts';
import {
  at,
  cityNow,
  filePath,
  journeys,
  newPage,
  overflow,
  phone,
  recordPath,
  text,
} from './portal-journeys.ts';

const morning = '2026-06-01T02:00:00.000Z' as Instant;

journeys();

describe('a journalist', () => {
  test('narrows the penalties to one kind and one authority, without scripts, and opens one', async () => {
    const page = await newPage(phone, false);
    await page.goto(at('/'));
    await page.getByRole('link', { name: '双公示', exact: true }).click();
    await page.getByRole('link', { name: '行政处罚公示' }).click();
    const authority = page.getByLabel('作出决定的单位');
    const [, first] = await authority.locator('option').allTextContents();
    await authority.selectOption({ label: first! });
    await page.getByLabel('种类').selectOption({ index: 1 });
    await page.getByRole('button', { name: '筛选' }).click();
    expect(new URL(page.url()).pathname).toBe('/publicity/penalties');
    expect(await page.locator('main').innerText()).toContain(`作出决定的单位：${first!}`);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.locator('main ul.news a').first().click();
    expect(new URL(page.url()).pathname).toMatch(/\/records\/[0-9a-f-]{36}$/);
    expect(await page.locator('main').innerText()).toContain('为什么公示，到哪一天');
    await page.close();
  });
});

describe('somebody with a phone', () => {
  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])(
    'finds an organisation by part of its name and reads why a penalty is shown and until when, %s',
    async (_words, javaScript) => {
      const page = await newPage(phone, javaScript);
      await page.goto(at('/'));
      await page.getByLabel('查找组织').fill('样例食品');
      await page.getByRole('button', { name: '查询' }).click();
      await page.getByRole('link', { name: food.name }).click();
      expect(page.url()).toBe(at(filePath));
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(food.name);

      const card = page.locator('article', { hasText: known });
      expect(await card.textContent()).toMatch(
        /公示至2029-05-25（含当日）.*为什么：.*自2029-05-26起不再公示/,
      );
      expect(await card.textContent()).toMatch(/依据《/);

      await card.getByRole('link').first().click();
      expect(page.url()).toBe(at(recordPath()));
      const why = page.locator('section', { hasText: '为什么公示，到哪一天' });
      const told = (await why.textContent())!;
      expect(told).toContain('公示至2029-05-25（含当日）');
      expect(told).toMatch(/认定（决定）日期2026-05-25，当日不计入，加36个月为2029-05-25/);
      expect(told).toMatch(/主要依据《信用修复管理办法》/);
      expect(told).toMatch(/规则版本regime:regime\/penalty/);
      const inputs = why.locator('table');
      expect(await inputs.textContent()).toMatch(/首次接收日期2026-06-01本平台接收回执/);
      expect(await inputs.textContent()).toMatch(/报送数据“处罚决定日期”/);
      // Asked again until it is so: right after a click the style sheet may still be on its way.
      await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);

      // The basis can be read on: the instrument, and in it the article.
      await why.getByRole('link').first().click();
      expect(new URL(page.url()).pathname).toMatch(/^\/law\/[a-z0-9-]+$/);
      expect(await page.locator(':target').count()).toBe(1);
      await page.close();
    },
  );

  test('finds it by its code at once, and by the initials of its name', async () => {
    const page = await newPage(phone);
    await page.goto(at('/'));
    await page.getByLabel('查找组织').fill(` ${food.code.toLowerCase()} `);
    await page.getByRole('button', { name: '查询' }).click();
    expect(page.url()).toBe(at(filePath));
    await page.goto(at('/search?q=ylsp'));
    expect(await page.locator('.hits').textContent()).toContain(food.name);
    await page.close();
  });

  test('chooses large type and keeps it, and comes back to the same page', async () => {
    const page = await newPage(phone, false);
    await page.goto(at(filePath));
    // Asked again until it is so: right after a click the style sheet may still be on its way.
    const size = async () =>
      parseFloat(
        await page.evaluate<string>('getComputedStyle(document.documentElement).fontSize'),
      );
    const before = await size();
    await page.getByRole('link', { name: '大字版' }).click();
    expect(page.url()).toBe(at(filePath));
    await expect.poll(size).toBeGreaterThan(before * 1.3);
    await page.getByRole('link', { name: '帮助' }).click();
    await page.waitForURL(at('/help'));
    await expect.poll(size).toBeGreaterThan(before * 1.3);
    await page.getByRole('link', { name: '标准字号' }).click();
    await expect.poll(size).toBe(before);
    await page.close();
  });

  test('is never sent to another site by the link for large type', async () => {
    for (const back of [
      'https://example.org/',
      '//example.org',
      '/\\example.org',
      'x',
      '/a\r\nb',
    ]) {
      const reply = await fetch(at(`/type/large?back=${encodeURIComponent(back)}`), {
        redirect: 'manual',
      });
      expect(reply.status).toBe(303);
      expect(reply.headers.get('location')).toBe('/');
    }
  });

  test('changes to English and back on the page where they are', async () => {
    const page = await newPage(phone);
    await page.goto(at('/search?q=%E6%A0%B7%E4%BE%8B%E9%A3%9F%E5%93%81'));
    await page.getByRole('link', { name: 'English' }).click();
    expect(page.url()).toBe(at('/en/search?q=%E6%A0%B7%E4%BE%8B%E9%A3%9F%E5%93%81'));
    await page.getByRole('link', { name: food.name }).click();
    expect(page.url()).toBe(at(`/en${filePath}`));
    expect(await page.locator('article').first().textContent()).toMatch(/Why: .*no longer from/);
    await page.getByRole('link', { name: '简体中文' }).click();
    expect(page.url()).toBe(at(filePath));
    await page.close();
  });

  test('reaches the content with the first key', async () => {
    const page = await newPage(phone);
    await page.goto(at(filePath));
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('跳到正文');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('content');
    await page.close();
  });
});

describe('what is not shown', () => {
  test('has left no word on any page', async () => {
    const paths = [
      '/',
      filePath,
      `${filePath}?section=administration`,
      `/en${filePath}`,
      recordPath(),
      `/subjects/${trade.code}`,
      `/search?q=${encodeURIComponent('样例食品')}`,
      '/sources',
    ];
    for (const path of paths) {
      const { status, body } = await text(path);
      expect([path, status]).toEqual([path, 200]);
      expect(body).not.toContain(hidden.number);
      expect(body).not.toContain(hidden.fact);
    }
    const shown = await text(filePath);
    expect(shown.body.match(/<article/g)).toHaveLength(2);
  });

  test('gives the file of a firm with hidden records the very words of one without any', async () => {
    const of = async ({ name, code }: typeof trade) => {
      const { body } = await text(`/subjects/${code}`);
      return body
        .replaceAll(name, 'NAME')
        .replaceAll(code, 'CODE')
        .replaceAll(code.slice(8, 17), 'ORGANISATION');
    };
    expect(await of(trade)).toBe(await of(quiet));
  });

  test('answers at its own address like something that never was', async () => {
    const never = await text(`${filePath}/records/0190a000-0000-7000-8000-000000000000`);
    expect(never.status).toBe(404);
    const secret = [...cityNow().recordIds].filter(([number]) => number.startsWith(hidden.number));
    expect(secret).toHaveLength(3);
    for (const [, id] of secret) {
      expect(await text(`${filePath}/records/${id}`)).toEqual(never);
      expect(await text(`/records/${id}`)).toEqual(never);
    }
  });

  test('begins the day after the last day, with no job run', async () => {
    const clock = cityNow().installation.config.clock;
    try {
      clock.set('2029-05-25T15:59:00.000Z' as Instant);
      expect((await text(filePath)).body).toContain(known);
      clock.set('2029-05-25T16:00:00.000Z' as Instant);
      expect((await text(filePath)).body).not.toContain(known);
      expect((await text(recordPath())).status).toBe(404);
    } finally {
      clock.set(morning);
    }
  });

  test('holds for individual businesses as for searches: full name or code, an owner by code only', async () => {
    const found = async ({ code }: typeof shop, query: string) =>
      (await text(`/search?q=${encodeURIComponent(query)}`)).body.includes(code);
    expect(await found(shop, shop.name.slice(3))).toBe(false);
    expect(await found(shop, shop.name)).toBe(true);
    expect(await found(owner, owner.name)).toBe(false);
    expect((await text(`/subjects/${owner.code}`)).status).toBe(200);
    expect((await text(`/search?q=${encodeURIComponent('王小明')}`)).body).toContain(
      '不能按人名查询',
    );
  });
});

describe('hostile input', () => {
  const nasty = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'; drop table subjects.subject; --",
    '%00',
    '\u0000\u0001',
    '\u202e\u2066反转',
    '../../etc/passwd',
    '{{7*7}}${7*7}',
    'ＡＢＣ　　１２３',
    '𠮷野家\ud83d\ude00',
    '%',
    '__proto__',
  ];

  test('in the search box is answered plainly and never becomes part of the page', async () => {
    const page = await newPage(phone);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (const query of nasty) {
      await page.goto(at('/'));
      await page.getByLabel('查找组织').fill(query);
      await page.getByRole('button', { name: '查询' }).click();
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('main img, main script').count()).toBe(0);
    }
    expect(dialogs).toEqual([]);
    await page.close();
  });

  test('in addresses is refused with a page that says what happened', async () => {
    const long = 'a'.repeat(5_000);
    const cases: readonly (readonly [string, number, string])[] = [
      ...nasty.flatMap((part) => [
        [`/subjects/${encodeURIComponent(part)}`, 404, 'http.not-found'] as const,
        [`/law/${encodeURIComponent(part)}`, 404, 'http.not-found'] as const,
      ]),
      [`/subjects/${personalNumber}`, 422, '不能用个人号码查询'],
      [`/search?q=${long}`, 414, '地址太长'],
      [`/search?q=${'长'.repeat(101)}`, 422, '输入的内容太长'],
      ['/search?q=%E4%B8%80', 422, '一个字太少'],
      ['/search?q=aa&page=0', 400, '地址中的参数不正确'],
      ['/search?q=aa&page=1e9', 400, '地址中的参数不正确'],
      [`${filePath}?section=nosuch`, 400, '地址中的参数不正确'],
      [`${filePath}?section=administration&page=-1`, 400, '地址中的参数不正确'],
      ['/subjects/%E0%A4%A', 404, ''],
      ['/en/nosuch', 404, 'There is no such page'],
      ['/subjects/id/not-an-id', 404, '没有收录这个主体'],
    ];
    for (const [path, status, words] of cases) {
      const found = await text(path);
      expect([path, found.status]).toEqual([path, status]);
      expect(found.body).toContain('<h1>');
      if (!words.startsWith('http.')) expect(found.body).toContain(words);
      expect(found.body).not.toMatch(/<img|<script|onerror=alert\(1\)>/);
      expect(found.body).not.toMatch(/at .*\.ts:\d+|postgres|select /i);
    }
  });

  test('that is a number of a person is never repeated', async () => {
    for (const path of [`/search?q=${personalNumber}`, `/subjects/${personalNumber}`]) {
      expect((await text(path)).body).not.toContain(personalNumber);
    }
    const phoneNumber = await text('/search?q=13812345678');
    expect(phoneNumber.status).toBe(422);
    expect(phoneNumber.body).not.toContain('13812345678');
  });

  test('sent instead of read is turned away', async () => {
    const reply = await fetch(at('/search'), { method: 'POST', body: 'q=a' });
    expect(reply.status).toBe(405);
    expect(await reply.text()).toContain('这个地址不能这样使用');
  });
});

describe('when it does not work', () => {
  test('somebody who asks too often is told when to come back', async () => {
    const rate = makeRateLimiter({ burst: 2, perSecond: 0.1, addressesMax: 10 }, () => 0);
    const app = portalApp(cityNow().installation, { rate });
    const from = { incoming: { socket: { remoteAddress: '203.0.113.9' } } };
    const ask = () => app.request('/help', {}, from);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const third = await ask();
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('10');
    expect(await third.text()).toMatch(/查询太频繁.*10秒/);
  });

  test('a broken machine is told as such, with a reference and nothing else', async () => {
    const database = openDatabase('postgres://nobody@127.0.0.1:1/none');
    const app = portalApp({ ...cityNow().installation, database }, { rate: null });
    for (const path of ['/', filePath, `/en${filePath}`]) {
      const reply = await app.request(path);
      const body = await reply.text();
      expect(reply.status).toBe(500);
      expect(body).toMatch(path.startsWith('/en') ? /Something broke on our side/ : /程序出现错误/);
      expect(body).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}/);
      expect(body).not.toMatch(/ECONNREFUSED|postgres|\.ts/);
    }
    await database.close();
  });
});
