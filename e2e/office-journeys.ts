/** Set-up that journeys through the office share: somebody who signs in, and what may not go wrong on the way. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { instantFromMs, instantMs } from '../src/kernel/day.ts';
import { at, cityNow, type desk, newPage } from './portal-journeys.ts';

const codeEveryMs = 60_000;

/** What a browser complained of: broken policies, faults of scripts, answers that were not expected. */
export type Complaints = readonly string[];

/**
 * Signs a sample account in by the list at the door. Gives the page, and what the browser complains of
 * from then on.
 */
export async function signInAs(
  account: string,
  size: typeof desk,
): Promise<{ readonly page: Page; readonly complaints: Complaints }> {
  // The city's clock stands still, and a code opens once.
  const { clock } = cityNow().installation.config;
  clock.set(instantFromMs(instantMs(clock.now()) + codeEveryMs));
  const page = await newPage(size);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Whoever opens the door has no session yet, and is told so.
    const isDoor = message.text().includes('401') && page.url().endsWith('/office/');
    if (message.type() === 'error' && !isDoor) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(at('/office/'));
  await page.locator(`[data-account="${account}"]`).click();
  await page
    .locator('.frame')
    .waitFor({ timeout: 50_000 })
    .catch(async (error: unknown) => {
      throw new Error(`${account} stands at the door: ${await page.innerText('body')}`, {
        cause: error,
      });
    });
  return { page, complaints };
}

/** Opens an address of the office that belongs to the menu, and waits until it stands there. */
export async function openEntry(page: Page, href: string): Promise<void> {
  await page.locator(`nav a[href="${href}"]`).click();
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
}

/** Addresses of the menu of whoever is signed in. */
export async function menuOf(page: Page): Promise<string[]> {
  const hrefs = await page
    .locator('.frame > nav a')
    .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href));
  expect(hrefs.length).toBeGreaterThan(0);
  return hrefs.map((href) => new URL(href).pathname);
}
