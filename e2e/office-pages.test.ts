/** Every position signs in and finds its own menu; every page behind it is accessible, strict and light. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { axe, screenshot } from './browser.ts';
import { menuOf, openEntry, signInAs } from './office-journeys.ts';
import { at, desk, journeys, newPage, overflow, phone } from './portal-journeys.ts';

journeys();

/** A sample account of every position. */
const accounts = [
  'sample-market',
  'sample-market-2',
  'sample-case',
  'sample-case-2',
  'sample-centre',
  'sample-centre-2',
  'sample-law',
  'sample-law-2',
  'sample-system',
  'sample-security',
  'sample-audit',
  'sample-auditor',
];

const scriptBytesMost = 450 * 1024;

describe('the door of the office', () => {
  test.each([
    ['at a desk', desk],
    ['on a phone', phone],
  ] as const)(
    'is accessible %s, and lets nobody in with a wrong password',
    async (_words, size) => {
      const page = await newPage(size);
      await page.goto(at('/office/'));
      await page.locator('#account').fill('sample-market');
      await page.locator('#password').fill('not the password');
      await page.locator('button[type=submit]').click();
      await page.locator('[role=alert]').first().waitFor();
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await page.locator('.frame').count()).toBe(0);
      await screenshot(page, `office-door-${size.width}`);
      await page.close();
    },
  );

  test('loads at most 450 kB of script, compressed, before the first page stands', async () => {
    const page = await newPage(desk);
    let bytes = 0;
    const counted: Promise<void>[] = [];
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      counted.push(response.body().then((body) => void (bytes += gzipSync(body).length)));
    });
    await page.goto(at('/office/'));
    await page.locator('[data-account="sample-market"]').click();
    await page.locator('.frame').waitFor({ timeout: 20_000 });
    await page.waitForLoadState('networkidle');
    await Promise.all(counted);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(scriptBytesMost);
    await page.close();
  });
});

describe('every position', () => {
  test.each(accounts)('signs in as %s and opens every page of its menu', async (account) => {
    for (const size of [desk, phone]) {
      const { page, complaints } = await signInAs(account, size);
      const menu = await menuOf(page);
      expect(menu).toContain('/office/account');
      expect(await axe(page), `${account}: first page`).toEqual([]);
      await screenshot(page, `office-${account}-${size.width}`);
      for (const href of menu) {
        await openEntry(page, href);
        expect(await axe(page), `${account}: ${href} at ${size.width}`).toEqual([]);
        expect(await overflow(page), `${account}: ${href}`).toBeLessThanOrEqual(0);
        await screenshot(page, `office${href.slice(7).replaceAll('/', '-')}-${size.width}`);
      }
      expect(complaints).toEqual([]);
      await page.close();
    }
  });
});

describe('whoever signs out', () => {
  test('leaves nothing on the screen, and going back shows the door', async () => {
    const { page } = await signInAs('sample-auditor', desk);
    await openEntry(page, '/office/account');
    await page.getByRole('button', { name: '退出', exact: true }).click();
    await page.locator('.door h1').waitFor();
    await page.goBack();
    await page.locator('#account').waitFor();
    expect(await page.locator('.frame').count()).toBe(0);
    await page.close();
  });
});
