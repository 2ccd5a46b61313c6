/** Set-up that the journeys through the portal share: a city, a browser, and short words for both. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type TestBrowser, openBrowser } from './browser.ts';
import { type PortalCity, food, known, portalCity } from './portal-city.ts';

export const phone = { width: 360, height: 740 };
export const desk = { width: 1280, height: 900 };

/** Address of the file the journeys read. */
export const filePath = `/subjects/${food.code}`;

let city: PortalCity;
let browser: TestBrowser;

/** Builds the city and opens the browser before the tests of a file, and takes them apart after. */
export function journeys(): void {
  beforeAll(async () => {
    [city, browser] = await Promise.all([portalCity(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });
}

/** The city of these journeys. */
export const cityNow = (): PortalCity => city;

/** A page of it, with its whole address. */
export const at = (path: string): string => `${city.origin}${path}`;

/** Address of the record the journeys read about. */
export const recordPath = (): string => `${filePath}/records/${city.recordIds.get(known)!}`;

/** A page as it is sent. */
export async function text(path: string): Promise<{ status: number; body: string }> {
  const reply = await fetch(at(path));
  return { status: reply.status, body: await reply.text() };
}

/** A fresh page of the browser. */
export async function newPage(size: typeof phone, javaScript = true): Promise<Page> {
  const page = await browser.newPage({ ...size, javaScript });
  page.setDefaultTimeout(10_000);
  return page;
}

/** How far the page is wider than the window, in CSS pixels. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
}
