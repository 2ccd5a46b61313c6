/** The dashboard in a browser: figures, the rows each of them leads to, and the paper they are printed on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { centreUnit, unitOf } from '../src/app/sample-city/units.ts';
import { recordDuties } from '../src/intake/collection/index.ts';
import { type Instant, day } from '../src/kernel/day.ts';
import { assert } from '../src/kernel/result.ts';
import { registerUnits } from '../src/register/units/index.ts';
import { authority, collectText, operatorA } from '../tests/installation.ts';
import { penaltyCsv } from '../tests/penalties.ts';
import { penaltyOf } from '../tests/portal/api-city.ts';
import { axe, screenshot } from './browser.ts';
import { openEntry, signInAs } from './office-journeys.ts';
import { cityNow, desk, journeys, newPage, at, overflow } from './portal-journeys.ts';
import { food } from './portal-city.ts';

journeys();

const phone = { width: 390, height: 844 };
const late = unitOf('market');
const doubtful = '样例食品公司';

beforeAll(async () => {
  const { installation } = cityNow();
  const common = { kind: 'authority', level: 'city', sector: null, sample: true } as const;
  const registered = [centreUnit, late].map(({ code, name }) => ({
    ...{ ...common, code, name, region: installation.config.jurisdiction },
    status: 'registered' as const,
  }));
  const done = await registerUnits(installation, registered, operatorA);
  assert(done.ok, JSON.stringify(done));
  const duty = { provider: late.code, item: 'abnormal-directory', owes: true };
  const owed = { ...duty, from: day('2026-01-01'), ground: '样例任务书' };
  const duties = await recordDuties(installation.collection(), [owed], operatorA);
  assert(duties.ok, JSON.stringify(duties));
  const rows = [
    {
      ...{ 行政相对人名称: doubtful, '行政相对人代码_1(统一社会信用代码)': food.code },
      行政处罚决定书文号: '样罚〔2026〕91号',
    },
    penaltyOf(food, { 行政处罚决定书文号: '样罚〔2026〕92号', 处罚决定日期: '2062/03/02' }),
  ];
  for (const provider of [authority, late.code]) {
    const of = provider === late.code ? late.code : authority;
    const sent = await collectText(
      installation,
      penaltyCsv(
        rows.map((row) => ({
          ...row,
          行政处罚决定书文号: `${row.行政处罚决定书文号}${of.slice(-2)}`,
        })),
      ),
      { item: 'penalty', provider, fileName: `样例${of.slice(-2)}.csv` },
    );
    assert(sent.ok, JSON.stringify(sent));
  }
});

const figureOf = (page: Page, name: RegExp) => page.locator('section.figure', { hasText: name });

/** Waits until every chart is drawn. */
async function drawn(page: Page): Promise<void> {
  await page.locator('.chart svg').first().waitFor();
  await page.waitForLoadState('networkidle');
  for (const chart of await page.locator('.chart').all()) {
    await chart.locator('svg text').first().waitFor();
  }
}

/** Numbers of a row of a table. */
async function numbersOf(page: Page, figure: RegExp, row: string | RegExp): Promise<number[]> {
  const cells = figureOf(page, figure).locator('tr', { hasText: row }).first().locator('td');
  return (await cells.allInnerTexts()).slice(1).map(Number);
}

async function sumOfColumns(page: Page, columns: readonly number[]): Promise<number[]> {
  const rows = await page.locator('tbody tr.ant-table-row').all();
  const sums = columns.map(() => 0);
  for (const row of rows) {
    const cells = await row.locator('td').allInnerTexts();
    columns.forEach((column, index) => (sums[index]! += Number(cells[column])));
  }
  return sums;
}

describe('the dashboard of the centre', () => {
  test('draws its charts under the strict policy, is accessible, and its numbers add up', async () => {
    for (const size of [desk, phone]) {
      const { page, complaints } = await signInAs('sample-centre', size);
      await openEntry(page, '/office/dashboard');
      await drawn(page);
      expect(await page.locator('.chart svg').count()).toBeGreaterThanOrEqual(6);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await screenshot(page, `office-dashboard-centre-${size.width}`);
      const [accepted, duplicate, held, rejected, received] = await numbersOf(
        page,
        /各月报送的行/,
        '2026-06',
      );
      expect(received).toBeGreaterThan(0);
      expect(accepted! + duplicate! + held! + rejected!).toBe(received);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test('leads from a bar to the deliveries it counts, and on to their rows', async () => {
    const { page, complaints } = await signInAs('sample-centre', desk);
    await openEntry(page, '/office/dashboard');
    await drawn(page);
    const told = await numbersOf(page, /各月报送的行/, '2026-06');
    // The darkest bars are the accepted rows; the last month of the twelve is the highest.
    const chart = figureOf(page, /各月报送的行/).locator('.chart');
    const bars = chart.locator('svg path[fill="#0f3a63"]');
    await chart.scrollIntoViewIfNeeded();
    const boxes = await Promise.all((await bars.all()).map((bar) => bar.boundingBox()));
    const tallest = boxes
      .filter((box) => box !== null)
      .sort((a, b) => b.height * b.width - a.height * a.width)[0]!;
    await page.mouse.click(tallest.x + tallest.width / 2, tallest.y + tallest.height / 2);
    await page.waitForURL(/\/dashboard\/deliveries\?period=2026-06$/);
    await page
      .getByRole('link', { name: /样例.*\.csv/ })
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');
    expect(await axe(page)).toEqual([]);
    const sums = await sumOfColumns(page, [4, 5, 6, 7, 8]);
    expect(sums).toEqual([told[4], told[0], told[1], told[2], told[3]]);
    await page
      .getByRole('link', { name: /样例.*\.csv/ })
      .first()
      .click();
    await page.getByRole('tab', { name: /退回和待核的行/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('leads by keyboard from each number of a table to as many rows', async () => {
    const { page, complaints } = await signInAs('sample-centre-2', phone);
    await openEntry(page, '/office/dashboard');
    await drawn(page);
    const [waiting] = await numbersOf(page, /主体存疑的行/, '等待复核');
    expect(waiting).toBeGreaterThan(0);
    await figureOf(page, /主体存疑的行/)
      .locator('tr', { hasText: '等待复核' })
      .locator('a')
      .focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/dashboard\/held-rows\?state=held$/);
    await page.getByRole('link', { name: doubtful }).first().waitFor();
    expect(await page.locator('tbody tr.ant-table-row').count()).toBe(waiting);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: doubtful }).first().click();
    await page.getByRole('region', { name: '证据对照' }).waitFor();

    await openEntry(page, '/office/dashboard');
    await drawn(page);
    const [overdue] = await numbersOf(page, /来源是否按期报送/, '逾期');
    await figureOf(page, /来源是否按期报送/)
      .locator('tr', { hasText: '不详' })
      .locator('a')
      .click();
    await page.waitForURL(/\/sources\?state=unknown$/);
    await page.getByRole('heading', { name: '来源', level: 1 }).waitFor();
    expect(await page.getByRole('radio', { name: /不详/ }).isChecked()).toBe(true);
    expect(overdue).toBeGreaterThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('is printed on A4 with its charts and its tables', async () => {
    const { page } = await signInAs('sample-centre', desk);
    await openEntry(page, '/office/dashboard');
    await drawn(page);
    await page.emulateMedia({ media: 'print' });
    const sheet = 680;
    await page.setViewportSize({ width: sheet, height: 1000 });
    const wide = await page
      .locator('.chart svg, .figure table')
      .evaluateAll((found) =>
        (found as unknown as { getBoundingClientRect(): { width: number; height: number } }[])
          .map((one) => one.getBoundingClientRect())
          .map(({ width, height }) => [Math.round(width), height > 20]),
      );
    expect(wide.length).toBeGreaterThanOrEqual(12);
    for (const [width, isSeen] of wide) {
      expect(width).toBeLessThanOrEqual(sheet);
      expect(isSeen).toBe(true);
    }
    expect(await page.locator('nav').first().isVisible()).toBe(false);
    await screenshot(page, 'office-dashboard-print');
    const paper = await page.pdf({ format: 'A4', printBackground: false });
    const folder = resolve(import.meta.dirname, '../.tmp/screenshots');
    mkdirSync(folder, { recursive: true });
    writeFileSync(resolve(folder, 'office-dashboard.pdf'), paper);
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    // A sheet of A4 in points; more than one of them.
    const text = paper.toString('latin1');
    expect(text).toMatch(/MediaBox \[0 0 59[45]\S* 84[12]\S*\]/);
    expect(text.match(/\/Type \/Page\b/g)?.length ?? 0).toBeGreaterThan(1);
    await page.close();
  });
});

describe('the dashboard of a unit', () => {
  test('tells its own figures, and leads to its own deliveries only', async () => {
    const { page, complaints } = await signInAs('sample-market', desk);
    await openEntry(page, '/office/dashboard');
    await drawn(page);
    expect(await page.locator('main').innerText()).toContain(late.name);
    expect(await page.getByText('来源是否按期报送').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'office-dashboard-unit');
    const told = await numbersOf(page, /各月报送的行/, '2026-06');
    expect(told[4]).toBe(2);
    await figureOf(page, /各月报送的行/)
      .locator('tr', { hasText: '2026-06' })
      .getByRole('link', { name: '2', exact: true })
      .first()
      .click();
    await page.getByRole('link', { name: `样例${late.code.slice(-2)}.csv` }).waitFor();
    expect(await page.locator('tbody tr.ant-table-row').count()).toBe(1);
    expect(await page.locator('main').innerText()).not.toContain(`样例${authority.slice(-2)}.csv`);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the program that draws', () => {
  test('comes with the first chart, and not with the first page', async () => {
    const page = await newPage(desk);
    const bytes: Record<'before' | 'after', number> = { before: 0, after: 0 };
    let when: 'before' | 'after' = 'before';
    const counted: Promise<void>[] = [];
    page.on('response', (response) => {
      const now = when;
      if (!response.url().endsWith('.js')) return;
      counted.push(response.body().then((body) => void (bytes[now] += body.length)));
    });
    await page.goto(at('/office/'));
    await page.locator('[data-account="sample-auditor"]').waitFor();
    await page.locator('[data-account="sample-centre"]').click();
    await page.locator('.frame').waitFor({ timeout: 50_000 });
    await page.waitForLoadState('networkidle');
    when = 'after';
    await openEntry(page, '/office/dashboard');
    await drawn(page);
    await Promise.all(counted);
    expect(bytes.after).toBeGreaterThan(350_000);
    expect(bytes.before).toBeGreaterThan(100_000);
    await page.close();
  });
});

describe('in the month after', () => {
  test('shares and alerts of quality lead to the figures of that month, and on to rows', async () => {
    const { clock } = cityNow().installation.config;
    clock.set('2026-07-02T02:00:00.000Z' as Instant);
    const { page, complaints } = await signInAs('sample-centre', desk);
    await openEntry(page, '/office/dashboard');
    await drawn(page);
    const quality = figureOf(page, /2026-06的质量/).first();
    await quality.locator('tr', { hasText: '合规率（首次）' }).getByRole('link').click();
    await page.waitForURL(/\/quality\?period=2026-06&figure=compliance$/);
    await page.getByRole('button', { name: /%/ }).first().click();
    await page.getByRole('heading', { name: /首次被退回的行/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
