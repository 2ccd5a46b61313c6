/** A day of those who audit and of the system administrator in a browser: a denial, an act, and the log. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { logDepsOf } from '../src/app/log.ts';
import { centreUnit, unitOf } from '../src/app/sample-city/units.ts';
import { assert } from '../src/kernel/result.ts';
import { sql } from '../src/platform/db/index.ts';
import { registerUnits } from '../src/register/units/index.ts';
import { withSequencer } from '../src/trust/transparency-log/index.ts';
import { operatorA } from '../tests/installation.ts';
import { axe, screenshot } from './browser.ts';
import { menuOf, openEntry, signInAs } from './office-journeys.ts';
import { cityNow, desk, journeys, overflow, phone } from './portal-journeys.ts';

journeys();

const market = unitOf('market');
/** Pages of those who audit. */
const ofAudit = ['/office/events', '/office/acts', '/office/quotas', '/office/unusual'];
/** Pages of the system administrator. */
const ofSystem = ['/office/health', '/office/units'];

beforeAll(async () => {
  const { installation } = cityNow();
  const common = { kind: 'authority', level: 'city', sector: null, sample: true } as const;
  const registered = [centreUnit, market].map(({ code, name }) => ({
    ...{ ...common, code, name, region: installation.config.jurisdiction },
    status: 'registered' as const,
  }));
  const done = await registerUnits(installation, registered, operatorA);
  assert(done.ok, JSON.stringify(done));
});

async function takeAll(): Promise<void> {
  await withSequencer(logDepsOf(cityNow().installation), async (sequencer) => {
    for (;;) {
      const taken = await sequencer.take();
      assert(taken.ok, JSON.stringify(taken));
      if (taken.value === 0) return;
    }
  });
}

/** What a route answers in the browser of whoever is signed in. */
const statusOf = (page: Page, path: string) =>
  page.evaluate<number>(`fetch('/api/office/v1${path}').then(({ status }) => status)`);

async function wellMade(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect(await axe(page), name).toEqual([]);
  expect(await overflow(page), name).toBeLessThanOrEqual(0);
  await screenshot(page, name);
}

/** Looks for the registration of units, by the keyboard, and opens it. */
async function openAct(page: Page): Promise<void> {
  await openEntry(page, '/office/acts');
  await page.getByLabel(/行为种类/).fill('units.register');
  await page.keyboard.press('Enter');
  const link = page.getByRole('link', { name: 'units.register' });
  await link.waitFor();
  await page.waitForURL(/kind=units\.register/);
  await page.waitForFunction("document.querySelectorAll('td a').length === 1");
  await link.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: '核对结果' }).waitFor();
}

const found = (page: Page) => page.getByRole('region', { name: '核对结果' }).innerText();

describe('the audit administrator', () => {
  test('finds the denial somebody has just caused', async () => {
    const clerk = await signInAs('sample-market', desk);
    expect(await statusOf(clerk.page, '/acts')).toBe(403);
    await clerk.page.close();
    const { page, complaints } = await signInAs('sample-audit', desk);
    await openEntry(page, '/office/events');
    await page.getByLabel('账户代码').fill('sample-market');
    await page.keyboard.press('Enter');
    const row = page.locator('tr', { hasText: 'GET /acts' });
    await row.waitFor();
    expect(await row.innerText()).toContain('请求被拒绝');
    expect(await row.innerText()).toContain('岗位没有这项权限');
    await wellMade(page, 'office-audit-events-1280');
    await page.getByLabel('账户代码').fill('13800138000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([]);
    await page.close();
  });

  test('opens an act, reads that it waits for the log and since when, and then that the log has it', async () => {
    const { page, complaints } = await signInAs('sample-audit', desk);
    await openAct(page);
    const waiting = await found(page);
    expect(waiting).toContain('与当时写下的一致');
    expect(waiting).toContain('等待写入透明日志');
    expect(waiting).toMatch(/等待自\s+2026-\d\d-\d\d \d\d:\d\d/);
    await wellMade(page, 'office-audit-act-waiting-1280');
    await takeAll();
    await page.reload();
    await page.getByText(/已在透明日志第\d+条/).waitFor();
    await wellMade(page, 'office-audit-act-1280');
    expect(await menuOf(page)).toEqual(expect.arrayContaining(ofAudit));
    expect(await menuOf(page)).not.toEqual(expect.arrayContaining(ofSystem));
    expect(await statusOf(page, '/health')).toBe(403);
    expect(complaints.filter((text) => !text.includes('status of 403'))).toEqual([]);
    await page.close();
  });
});

describe('an auditor', () => {
  test('reads on a phone that the owner of the database changed an act, and at which place', async () => {
    const { database } = cityNow().installation;
    await takeAll();
    await database.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`
        update audit.act set reason = 'something else' where kind = 'units.register'`);
    });
    const { page, complaints } = await signInAs('sample-auditor', phone);
    await openAct(page);
    expect(await found(page)).toContain('被改动过');
    expect(await found(page)).toMatch(/透明日志第\d+条/);
    await wellMade(page, 'office-audit-act-altered-360');
    for (const href of ofAudit) {
      await openEntry(page, href);
      await wellMade(page, `${href.slice(1).replace('/', '-')}-360`);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the system administrator', () => {
  test.each([
    ['at a desk', desk],
    ['on a phone', phone],
  ] as const)('sees health and units %s, and nothing of the audit', async (_words, size) => {
    const { page, complaints } = await signInAs('sample-system', size);
    const menu = await menuOf(page);
    expect(menu).toEqual(expect.arrayContaining(ofSystem));
    for (const href of ofAudit) expect(menu).not.toContain(href);
    await openEntry(page, '/office/health');
    await page.getByText('最近检查点').waitFor();
    expect(await page.innerText('main')).toMatch(/数据库大小\s+\d+ MB/);
    await wellMade(page, `office-system-health-${size.width}`);
    await openEntry(page, '/office/units');
    const unit = page.locator('tr', { hasText: market.code });
    await unit.waitFor();
    expect(await unit.innerText()).toContain('市级');
    await wellMade(page, `office-system-units-${size.width}`);
    for (const path of ['/security-events', '/acts', '/quotas', '/unusual-readings', '/accounts']) {
      expect([path, await statusOf(page, path)]).toEqual([path, 403]);
    }
    expect(complaints.filter((text) => !text.includes('status of 403'))).toEqual([]);
    await page.close();
  });
});
