/** A day at the credit centre in a browser: who is late, whom a row is about, and a second person. */
import { beforeAll, describe, expect, test } from 'vitest';
import { centreUnit, unitOf } from '../src/app/sample-city/units.ts';
import { recordDuties } from '../src/intake/collection/index.ts';
import { day } from '../src/kernel/day.ts';
import { assert } from '../src/kernel/result.ts';
import { registerUnits } from '../src/register/units/index.ts';
import { authority, collectText, operatorA } from '../tests/installation.ts';
import { penaltyCsv } from '../tests/penalties.ts';
import { axe, screenshot } from './browser.ts';
import { openEntry, signInAs } from './office-journeys.ts';
import { at, cityNow, desk, journeys, overflow, phone } from './portal-journeys.ts';
import { food, trade } from './portal-city.ts';

journeys();

const late = unitOf('market');
const doubtful = '样例食品公司';
const number = '样罚〔2026〕91号';

beforeAll(async () => {
  const { installation } = cityNow();
  const common = { kind: 'authority', level: 'city', sector: null, sample: true } as const;
  const registered = [centreUnit, late].map(({ code, name }) => ({
    ...{ ...common, code, name, region: installation.config.jurisdiction },
    status: 'registered' as const,
  }));
  const done = await registerUnits(installation, registered, operatorA);
  assert(done.ok, JSON.stringify(done));
  // A register that has to come every month, and never came.
  const duty = { provider: late.code, item: 'abnormal-directory', owes: true };
  const owed = { ...duty, from: day('2026-01-01'), ground: '样例任务书' };
  const duties = await recordDuties(installation.collection(), [owed], operatorA);
  assert(duties.ok, JSON.stringify(duties));
  const row = {
    ...{ 行政相对人名称: doubtful, '行政相对人代码_1(统一社会信用代码)': food.code },
    行政处罚决定书文号: number,
  };
  const sent = await collectText(installation, penaltyCsv([row]), {
    item: 'penalty',
    provider: authority,
  });
  assert(sent.ok, JSON.stringify(sent));
});

describe('an officer of the centre', () => {
  test('sees which source is late, and since when', async () => {
    const { page, complaints } = await signInAs('sample-centre', desk);
    await openEntry(page, '/office/sources');
    const source = page.locator('tr', { hasText: late.name });
    await source.waitFor();
    expect(await source.innerText()).toMatch(/逾期|不详/);
    expect(await source.innerText()).toContain('从未');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: late.name }).click();
    await page.getByRole('heading', { name: late.name, level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('opens a doubtful row with the keys, weighs the evidence, and proposes a link', async () => {
    const { page, complaints } = await signInAs('sample-centre', desk);
    await openEntry(page, '/office/links');
    await page.getByRole('link', { name: doubtful }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/links\/[0-9a-f-]{36}$/);
    const evidence = page.getByRole('region', { name: '证据对照' });
    await evidence.waitFor();
    expect(await evidence.innerText()).toContain('一致，单独即可证明');
    expect(await evidence.innerText()).toContain('不一致');
    expect(await axe(page)).toEqual([]);
    await page.locator('main h1').focus();
    await page.keyboard.press('1');
    expect(await page.getByRole('radio', { name: food.name }).isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.type('核对登记证照，名称为简写');
    await screenshot(page, 'office-link-review');
    await page.keyboard.press('Enter');
    await page.getByText('已提议关联，等待第二人').waitFor();
    // Whoever proposed is told why nobody but another person confirms.
    expect(await page.getByRole('button', { name: '确认关联' }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('a reviewer of the centre', () => {
  test('confirms on a phone what another person proposed, and it becomes a record', async () => {
    const { page, complaints } = await signInAs('sample-centre-2', phone);
    await openEntry(page, '/office/links');
    await page.getByText('等待确认', { exact: true }).click();
    await page.getByRole('link', { name: doubtful }).click();
    await page.getByRole('button', { name: '确认关联' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByLabel('理由（必填，存入留痕）').fill('与登记库一致');
    await page.getByRole('button', { name: '确认关联' }).click();
    await page.getByText('已关联').first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
    const shown = await fetch(at(`/subjects/${food.code}`));
    expect(await shown.text()).toContain(number);
    const other = await fetch(at(`/subjects/${trade.code}`));
    expect(await other.text()).not.toContain(number);
  });

  test('goes from a figure of the month to the rows behind it', async () => {
    const { page, complaints } = await signInAs('sample-centre-2', desk);
    await openEntry(page, '/office/quality');
    await page.locator('#period').fill('2026-06');
    await page.locator('.chart svg').waitFor();
    const value = page.getByRole('button', { name: /%/ }).first();
    await value.click();
    await page.getByRole('heading', { name: /首次被退回的行/ }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'office-quality');
    await page.getByRole('tab', { name: '通报' }).click();
    await page.getByText('这个月还没有起草通报').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('an officer of the rulebook', () => {
  test('reads an edition with what it rests on, and asks another person to confirm it', async () => {
    const { page, complaints } = await signInAs('sample-law', desk);
    await openEntry(page, '/office/rulebook');
    await page.locator('td button').first().click();
    await page.getByRole('region', { name: '依据' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: '返回列表' }).click();
    await page.getByRole('tab', { name: '提交新版本' }).click();
    await page.getByLabel(/规则文本/).fill('kind: roles');
    await page.getByLabel('理由和依据').fill('试写');
    await page.getByRole('button', { name: '检查并提交' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().innerText()).toContain('提交的文本');
    expect(await axe(page)).toEqual([]);
    expect(complaints.filter((text) => !text.includes('status of 4'))).toEqual([]);
    await page.close();
  });
});
