/** A case officer reads one organisation for a purpose of law; the organisation reads who did, and why. */
import { describe, expect, test } from 'vitest';
import { enterpriseDeps } from '../src/answers/my/index.ts';
import { assert } from '../src/kernel/result.ts';
import { makeOneTimeCode } from '../src/trust/accounts/index.ts';
import { axe, screenshot } from './browser.ts';
import { openEntry, signInAs } from './office-journeys.ts';
import { food } from './portal-city.ts';
import { at, cityNow, desk, journeys, newPage, overflow, phone } from './portal-journeys.ts';

journeys();

const purpose = '办理审批、招标采购、资金等事项中查询';
const matter = '样审〔2026〕7号';

describe('a case officer', () => {
  test.each([desk, phone])(
    'reads an organisation for a purpose, with its ground and what is left today, by keyboard ($width px)',
    async (size) => {
      const { page, complaints } = await signInAs('sample-case', size);
      await openEntry(page, '/office/readings');
      // Nothing is read without a purpose.
      expect(await page.getByRole('button', { name: '登记并查询' }).isDisabled()).toBe(true);
      await page.locator('#purpose').focus();
      await page.keyboard.press('Enter');
      await page.locator('.ant-select-item-option', { hasText: purpose }).first().click();
      await page.getByText('今天还可以查询').waitFor();
      const facts = await page.locator('main').innerText();
      expect(facts).toMatch(/依据\s*\S*清单/);
      const [, left, perDay] = /(\d+) \/ (\d+)/.exec(facts)!;
      await page.getByLabel('统一社会信用代码或者平台编号').fill(food.code);
      const asked = page.locator('#matter');
      await asked.fill(matter);
      await asked.press('Enter');
      const answer = page.getByRole('region', { name: '查询结果' });
      await answer.waitFor();
      expect(await answer.locator('h2').innerText()).toBe(food.name);
      expect(await answer.innerText()).toMatch(/已登记，编号 [0-9a-f-]{36}。主体现在就可以看到/);
      // One subject read twice in a day counts once.
      await page.getByText(`${size === desk ? Number(left) - 1 : left} / ${perDay}`).waitFor();
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await screenshot(page, `office-reading-${size.width}`);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test('is told why there is no answer, and the form stays as it was filled', async () => {
    const { page } = await signInAs('sample-case', desk);
    await openEntry(page, '/office/readings');
    await page.locator('#purpose').focus();
    await page.keyboard.press('Enter');
    await page.locator('.ant-select-item-option', { hasText: purpose }).first().click();
    const subject = page.getByLabel('统一社会信用代码或者平台编号');
    await subject.fill('91320100MAXX00000X');
    await page.locator('#matter').fill(matter);
    await page.getByRole('button', { name: '登记并查询' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await subject.inputValue()).toBe('91320100MAXX00000X');
    expect(await page.getByRole('region', { name: '查询结果' }).count()).toBe(0);
    await page.close();
  });
});

describe('the organisation', () => {
  test('finds both readings in its journal, with the unit, the position and the purpose, and no name of a person', async () => {
    const page = await newPage(phone, false);
    const code = makeOneTimeCode(enterpriseDeps(cityNow().installation), food.code);
    assert(code.ok, 'a sample city makes codes');
    await page.goto(at('/my/bind'));
    await page.fill('[name=organisation]', food.code);
    await page.fill('[name=code]', code.value);
    await page.fill('[name=name]', '办公室');
    await page.fill('[name=password]', 'correct horse battery');
    await page.fill('[name=again]', 'correct horse battery');
    await Promise.all([page.waitForEvent('load'), page.click('form.post button')]);
    await page.goto(at(`/my/o/${food.code}/journal`));
    const told = await page.locator('main').innerText();
    expect(told.split(purpose)).toHaveLength(3);
    expect(told).toContain('认定单位承办人');
    expect(told).not.toContain('sample-case');
    await screenshot(page, `my-journal-read-${phone.width}`);
    await page.close();
  });
});
