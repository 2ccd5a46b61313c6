/** A clerk's day in a browser: a workbook goes out, every row is accounted for, three are put right. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importOrganisations } from '../tests/installation.ts';
import { sampleOrganisations } from '../tests/workbook/organisations.ts';
import { type Expectation, makeWorkbook, stall } from '../tests/workbook/workbook.ts';
import { axe } from './browser.ts';
import { signInAs } from './office-journeys.ts';
import { at, cityNow, desk, journeys } from './portal-journeys.ts';

journeys();

const rows = 50_000;
const workedMs = 170_000;
const folder = mkdtempSync(join(tmpdir(), 'clerk-journey-'));
const file = join(folder, '样例处罚.xlsx');
let expected: Expectation;

beforeAll(async () => {
  const organisations = sampleOrganisations(2_000);
  await importOrganisations(cityNow().installation, [...organisations, stall]);
  expected = await makeWorkbook(file, {
    ...{ kind: 'penalty', rows, seed: 5, day: '2026-05-25', rounds: 2, organisations },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function countsOf(page: Page): Promise<Record<string, number>> {
  const pairs = await page
    .locator('[data-count]')
    .evaluateAll((found) =>
      (found as unknown as { dataset: { count: string }; textContent: string }[]).map(
        ({ dataset, textContent }) => [dataset.count, Number(textContent)] as const,
      ),
    );
  return Object.fromEntries(pairs);
}

const sumOf = ({ received: _received, ...parts }: Record<string, number>) =>
  Object.values(parts).reduce((all, one) => all + one, 0);

describe('a clerk', () => {
  test(
    `uploads ${rows} rows, sees every one accounted for, and puts three right in the grid`,
    { timeout: 300_000 },
    async () => {
      const { page, complaints } = await signInAs('sample-market', desk);
      await page.goto(at('/office/collection/upload/penalty'));
      await page.locator('input[type=file]').waitFor({ state: 'attached' });
      expect(await axe(page)).toEqual([]);
      const began = performance.now();
      await page.locator('input[type=file]').setInputFiles(file);
      await page.waitForURL(/\/collection\/batches\/[0-9a-f-]{36}$/, { timeout: 60_000 });
      const address = page.url();
      await page.getByText('处理完毕').waitFor({ timeout: workedMs });
      console.log(`${rows} rows in ${Math.round((performance.now() - began) / 1000)} s`);
      const counts = await countsOf(page);
      expect(counts['received']).toBe(rows);
      expect(sumOf(counts)).toBe(rows);
      expect(counts['given back']).toBe(expected.counts.R);
      expect(await axe(page)).toEqual([]);

      await page.getByRole('tab', { name: /退回和待核的行/ }).click();
      await page.locator('.grid input').first().waitFor();
      await page.getByText('显示全部列').click();
      const curable = expected.special
        .filter(({ outcome, cure }) => outcome === 'R' && cure !== undefined)
        .slice(0, 3);
      for (const { row, cure } of curable) {
        for (const [heading, value] of Object.entries(cure!)) {
          await page.getByLabel(`第${row}行，${heading}`, { exact: true }).fill(value);
        }
      }
      const first = page.locator('.grid input').first();
      const place = await first.getAttribute('data-at');
      await first.focus();
      await page.keyboard.press('ArrowDown');
      const focused = page.locator('.grid input:focus');
      expect(await focused.getAttribute('data-at')).toBe(place);
      expect(await focused.getAttribute('data-row')).not.toBe(await first.getAttribute('data-row'));
      expect(await axe(page)).toEqual([]);

      await page.getByRole('button', { name: '重新报送改正的3行' }).click();
      await page.getByText('重新报送3行，仍有错误0行。').waitFor({ timeout: 30_000 });
      await page.getByText('查看更正的批次').click();
      await page.getByText('处理完毕').waitFor();
      const corrected = await countsOf(page);
      expect([corrected['received'], corrected['given back']]).toEqual([3, 0]);
      await page.getByRole('tab', { name: '来龙去脉' }).click();
      await page.getByText('更正了哪些批次').waitFor();
      expect(await axe(page)).toEqual([]);

      await page.goto(address);
      await page.getByText('处理完毕').waitFor();
      expect(await countsOf(page)).toEqual(counts);
      await page.goto(at('/office/collection/upload/penalty'));
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('这份文件以前已经收过').waitFor({ timeout: 60_000 });
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test('reads what is due and its own figures of the month', async () => {
    const { page, complaints } = await signInAs('sample-market', desk);
    for (const path of ['due', 'scorecard', 'batches']) {
      await page.locator(`nav a[href="/office/collection/${path}"]`).click();
      await page.locator('main table, main .ant-card').first().waitFor();
      expect([path, await axe(page)]).toEqual([path, []]);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });
});
