/** Two persons and one matter in a browser: found in the queue, read with its timeline, confirmed, and gone. */
import { beforeAll, describe, expect, test } from 'vitest';
import { centreUnit } from '../src/app/sample-city/units.ts';
import { assert } from '../src/kernel/result.ts';
import { registerUnits } from '../src/register/units/index.ts';
import { authority, collectText, operatorA } from '../tests/installation.ts';
import { penaltyCsv } from '../tests/penalties.ts';
import { axe, screenshot } from './browser.ts';
import { openEntry, signInAs } from './office-journeys.ts';
import { cityNow, desk, journeys, overflow } from './portal-journeys.ts';
import { food } from './portal-city.ts';

journeys();

const doubtful = '样例食品公司';
const narrow = { width: 390, height: 844 };

beforeAll(async () => {
  const { installation } = cityNow();
  // A centre of the whole place looks after every unit of it.
  const centre = {
    ...{ code: centreUnit.code, name: centreUnit.name, kind: 'authority', level: 'city' },
    ...{ sector: null, sample: true, region: installation.config.jurisdiction },
    status: 'registered' as const,
  };
  const done = await registerUnits(installation, [centre], operatorA);
  assert(done.ok, JSON.stringify(done));
  const row = {
    ...{ 行政相对人名称: doubtful, '行政相对人代码_1(统一社会信用代码)': food.code },
    行政处罚决定书文号: '样罚〔2026〕95号',
  };
  const sent = await collectText(installation, penaltyCsv([row]), {
    ...{ item: 'penalty', provider: authority },
  });
  assert(sent.ok, JSON.stringify(sent));
});

describe('the queue', () => {
  test('leads the first person to what waits for a proposal, and lets it go once proposed', async () => {
    const { page, complaints } = await signInAs('sample-centre', desk);
    // It is the first entry of the menu, with how much waits.
    const first = page.locator('.frame > nav a').first();
    await first.locator('.count').waitFor();
    expect(await first.innerText()).toMatch(/^待办\s*\d+\+?件/);
    await openEntry(page, '/office/queue');
    expect(await axe(page)).toEqual([]);
    const line = page.locator('tr', { hasText: doubtful });
    expect(await line.innerText()).toContain('没有规定期限');
    await line.getByRole('link', { name: doubtful }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '前往办理' }).click();
    await page.getByRole('radio', { name: food.name }).check();
    await page.getByLabel('理由（必填，存入留痕）').fill('核对登记证照，名称为简写');
    await page.getByRole('button', { name: '提议关联' }).click();
    await page.getByText('已提议关联，等待第二人').first().waitFor();
    await openEntry(page, '/office/queue');
    await page.locator('.data-table table').waitFor();
    await page.getByRole('link', { name: doubtful }).waitFor({ state: 'detached' });
    // Among all that is under way it stands, with the reason why it is not the first person's to confirm.
    await page.getByText('全部在办', { exact: true }).click();
    const mine = page.locator('tr', { hasText: doubtful });
    await mine.waitFor();
    expect(await mine.innerText()).toContain('“确认关联”须由以下岗位办理：信用中心审核');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('shows the second person on a narrow screen who did what, and who may not confirm', async () => {
    const { page, complaints } = await signInAs('sample-centre-2', narrow);
    await openEntry(page, '/office/queue');
    await page.getByRole('link', { name: doubtful }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await screenshot(page, 'office-queue-390');
    await page.getByRole('link', { name: doubtful }).click();
    const timeline = page.getByRole('region', { name: '经过' });
    await timeline.waitFor();
    const told = await timeline.innerText();
    for (const words of ['收到这一行', '转人工复核', '提议关联', 'sample-centre', '名称为简写']) {
      expect(told).toContain(words);
    }
    const steps = await page.getByRole('region', { name: '办理' }).innerText();
    expect(steps).toContain('因已参与而须回避的人');
    expect(steps).toContain('办理“提议关联”的人不能再办理“确认关联”');
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await screenshot(page, 'office-queue-matter-390');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('leads the second person to the page where it is confirmed, and then it is gone', async () => {
    const { page, complaints } = await signInAs('sample-centre-2', desk);
    await openEntry(page, '/office/queue');
    await screenshot(page, 'office-queue-1280');
    await page.getByRole('link', { name: doubtful }).click();
    await page.getByRole('link', { name: '前往办理' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'office-queue-matter-1280');
    const matter = page.url();
    await page.getByRole('link', { name: '前往办理' }).click();
    await page.getByLabel('理由（必填，存入留痕）').fill('与登记库一致');
    await page.getByRole('button', { name: '确认关联' }).click();
    await page.getByText('已关联').first().waitFor();
    await openEntry(page, '/office/queue');
    await page.locator('.data-table table').waitFor();
    await page.getByRole('link', { name: doubtful }).waitFor({ state: 'detached' });
    await page.goto(matter);
    await page.getByText('已经办结。').waitFor();
    expect(await page.getByRole('region', { name: '经过' }).innerText()).toContain('确认关联');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
