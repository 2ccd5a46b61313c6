/**
 * Every kind of page of the portal, in both languages and both sizes of type: accessible, of this site
 * only, light.
 */
import { describe, expect, test } from 'vitest';
import { axe, screenshot } from './browser.ts';
import { known, personalNumber } from './portal-city.ts';
import {
  at,
  cityNow,
  desk,
  filePath,
  journeys,
  newPage,
  overflow,
  phone,
  recordPath,
  text,
} from './portal-journeys.ts';

journeys();

/** WCAG 2.2 AA, and the practices that keep headings and landmarks in order. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const largeType = () => [{ name: 'type', value: 'large', url: cityNow().origin }];
const addressOf = (path: string, lang: 'zh' | 'en') =>
  at(lang === 'en' ? `/en${path === '/' ? '' : path}` : path);

/** One page of every kind, with the status it has. */
const kinds = (): readonly (readonly [string, string, number])[] => [
  ['home', '/', 200],
  ['results', `/search?q=${encodeURIComponent('样例市')}`, 200],
  ['no results', `/search?q=${encodeURIComponent('没有这一家')}`, 200],
  ['empty search', '/search', 200],
  ['refused search', `/search?q=${personalNumber}`, 422],
  ['subject', filePath, 200],
  ['section', `${filePath}?section=administration`, 200],
  ['record', recordPath(), 200],
  ['relations', `${filePath}/relations`, 200],
  ['statistics', '/statistics', 200],
  ['statistics of penalties', '/statistics?family=penalty', 200],
  ['columns', '/publicity', 200],
  ['column', '/publicity/penalties', 200],
  ['column, narrowed', '/publicity/penalties?kind=WARNING', 200],
  ['empty column', '/publicity/acts', 200],
  ['bulletins', '/bulletins', 200],
  ['bulletin', '/bulletins/2026-05', 200],
  ['bulletin that is none', '/bulletins/2026-04', 404],
  ['regions', '/regions', 200],
  ['region', '/regions/320100', 200],
  ['former region', '/regions/320103', 200],
  ['results of a region', `/search?q=${encodeURIComponent('样例市')}&region=320100`, 200],
  ['feeds', '/feeds', 200],
  ['status', '/status', 200],
  ['prove it yourself', '/prove', 200],
  ['changes of the law', '/law/changes', 200],
  ['law', '/law', 200],
  ['instrument', '/law/administrative-penalty-law', 200],
  ['terms', '/law/terms', 200],
  ['term', '/law/terms/regime-penalty-ndrc-order-36', 200],
  ['items', '/law/items', 200],
  ['standards', '/law/standards', 200],
  ['standard', '/law/standards/cf-legal@2019', 200],
  ['unconfirmed', '/law/unconfirmed', 200],
  ['sources', '/sources', 200],
  ['scope', '/scope', 200],
  ['help', '/help', 200],
  ['not found', '/nosuch', 404],
];

describe('every kind of page', () => {
  // Each language, each size of type, each width and either state of scripts is there at least once.
  test.each([
    ['Chinese on a phone, without scripts', 'zh', phone, false],
    ['English at a desk, in large type', 'en', desk, true],
  ] as const)('breaks no rule of accessibility: %s', async (words, lang, size, large) => {
    const page = await newPage(size, !words.includes('without scripts'));
    if (large) await page.context().addCookies(largeType());
    for (const [kind, path, status] of kinds()) {
      const about = `${kind}, ${words}`;
      const reply = await page.goto(addressOf(path, lang));
      expect([about, reply!.status()]).toEqual([about, status]);
      expect([about, await axe(page, rules)]).toEqual([about, []]);
    }
    await page.close();
  });

  test.each([
    ['Chinese', 'zh'],
    ['English', 'en'],
  ] as const)('fits a phone in large type, and says what it is: %s', async (words, lang) => {
    const page = await newPage(phone);
    await page.context().addCookies(largeType());
    for (const [kind, path] of kinds()) {
      await page.goto(addressOf(path, lang));
      const about = `${kind}, ${words}`;
      expect([about, await overflow(page)]).toEqual([about, 0]);
      expect([about, await page.locator('h1').count()]).toEqual([about, 1]);
      const html = page.locator('html');
      expect(await html.getAttribute('lang')).toBe(lang === 'en' ? 'en' : 'zh-CN');
      expect(await html.getAttribute('class')).toBe('large');
      expect(await page.locator('.sample').count()).toBe(1);
      expect(await page.title()).toMatch(lang === 'en' ? /Xinheng$/ : /信衡公共信用信息平台$/);
    }
    await page.close();
  });

  test('loads nothing but itself and one style sheet from this site, and runs no script', async () => {
    const page = await newPage(phone);
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    for (const [, path, status] of kinds()) {
      asked.length = 0;
      const reply = await page.goto(at(path), { waitUntil: 'load' });
      const others = asked.filter((url) => !/\/assets\/mark-[0-9a-f]+\.svg$/.test(url)).slice(1);
      expect(others.every((url) => /\/assets\/portal-[0-9a-f]{16}\.css$/.test(url))).toBe(true);
      expect(others.length).toBeLessThanOrEqual(1);
      expect(asked.every((url) => url.startsWith(cityNow().origin))).toBe(true);
      const policy = reply!.headers()['content-security-policy']!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('script-src');
      expect(policy).not.toContain('unsafe');
      expect(await page.locator('script, [style], [onclick], iframe, img').count()).toBe(0);
      if (status === 200) expect(complaints).toEqual([]);
      complaints.length = 0;
    }
    await page.close();
  });

  test('of its own can be kept: the style sheet for ever, a page for a minute at most', async () => {
    const { body } = await text('/');
    const sheet = /href="(\/assets\/portal-[^"]+)"/.exec(body)![1]!;
    expect((await fetch(at(sheet))).headers.get('cache-control')).toContain('immutable');
    const page = await fetch(at(filePath));
    expect(page.headers.get('cache-control')).toMatch(/max-age=(\d|[1-5]\d|60), must-revalidate/);
    expect(page.headers.get('vary')).toContain('Cookie');
  });
});

test('the content is in the first answer: it can be read before, and without, any other request', async () => {
  const page = await newPage(phone, false);
  await page.route('**/assets/**', (route) => route.abort());
  for (const path of [filePath, recordPath(), '/', '/statistics']) {
    await page.goto(at(path));
    const told = await page.locator('main').innerText();
    expect(told.length).toBeGreaterThan(200);
    if (path === filePath) expect(told).toContain(known);
  }
  await page.close();
});

test('on paper a page has no menu and no search, unfolds its reasons, and names its address', async () => {
  const page = await newPage(desk);
  await page.emulateMedia({ media: 'print' });
  for (const path of [filePath, recordPath(), '/statistics']) {
    await page.goto(at(path));
    const shown = (what: string) => page.locator(what).first().isVisible();
    const told = [await shown('.menu'), await shown('.ways'), await shown('.printed')];
    expect([path, ...told]).toEqual([path, false, false, true]);
    expect(await page.locator('.printed').innerText()).toContain(path);
    const folded = page.locator('details > .details-body');
    if ((await folded.count()) > 0) expect(await folded.first().isVisible()).toBe(true);
  }
  await screenshot(page, 'portal-statistics-print');
  await page.close();
});

test('the page of a subject weighs at most 60 kB, style sheet and all', async () => {
  const page = await newPage(phone);
  let bytes = 0;
  page.on('response', (response) => {
    bytes += Number(response.headers()['content-length'] ?? 1e9);
  });
  const started = performance.now();
  await page.goto(at(filePath), { waitUntil: 'domcontentloaded' });
  const contentMs = performance.now() - started;
  await page.waitForLoadState('load');
  const plain = (await text(filePath)).body.length;
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThan(60_000);
  expect(plain).toBeLessThan(60_000);
  expect(contentMs).toBeLessThan(3_000);
  await screenshot(page, 'portal-subject-360');
  await page.close();
});
